/**
 * The same function, which keeps with each thing its last answer about it. For what is replaced and never edited: a file, a
 * situation, a task. One wake asks the same of one file many times: for the timer, for the Temporal UI, for the answer.
 */
export function memoizeLast<Thing extends object, More extends readonly unknown[], Answer>(
  answerAbout: (thing: Thing, ...more: More) => Answer,
): (thing: Thing, ...more: More) => Answer {
  const last = new WeakMap<Thing, { readonly more: More; readonly answer: Answer }>();
  return (thing, ...more) => {
    const known = last.get(thing);
    if (known?.more.every((each, i) => each === more[i]) === true) return known.answer;
    const answer = answerAbout(thing, ...more);
    last.set(thing, { more, answer });
    return answer;
  };
}

/**
 * The same of what comes next: asked about a later moment, the answer of before is true until that comes. Null, where nothing
 * comes, is true for good.
 */
export function memoizeUntilDue<Thing extends object, Moment extends string>(
  nextAfter: (thing: Thing, now: Moment) => Moment | null,
): (thing: Thing, now: Moment) => Moment | null {
  const last = new WeakMap<Thing, { readonly from: Moment; readonly next: Moment | null }>();
  return (thing, now) => {
    const known = last.get(thing);
    if (known !== undefined && known.from <= now && (known.next === null || now < known.next)) return known.next;
    const next = nextAfter(thing, now);
    last.set(thing, { from: now, next });
    return next;
  };
}

/** The same of a text or a number: the answers to the last few thousand that were asked about. */
export function memoizeByKey<Key extends string | number, Answer>(answerFor: (key: Key) => Answer): (key: Key) => Answer {
  const table = new Map<Key, Answer>();
  return (key) => {
    const known = table.get(key);
    if (known !== undefined) return known;
    const answer = answerFor(key);
    // A worker runs for months.
    if (table.size >= 5_000) table.clear();
    table.set(key, answer);
    return answer;
  };
}
