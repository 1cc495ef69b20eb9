/* Memoization of pure functions, in four forms. */

/**
 * Memoizes the last result per object. Inputs must be immutable: a file, a situation, a task. One wake asks the same of one file many
 * times: for the timer, for the Temporal UI, for the answer.
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
 * Memoizes the next instant per object: the result stays true until that instant has come. Null, for none, stays true for good.
 */
export function memoizeUntilDue<Thing extends object, Instant extends string>(
  nextAfter: (thing: Thing, now: Instant) => Instant | null,
): (thing: Thing, now: Instant) => Instant | null {
  const last = new WeakMap<Thing, { readonly from: Instant; readonly next: Instant | null }>();
  return (thing, now) => {
    const known = last.get(thing);
    if (known !== undefined && known.from <= now && (known.next === null || now < known.next)) return known.next;
    const next = nextAfter(thing, now);
    last.set(thing, { from: now, next });
    return next;
  };
}

/**
 * Memoizes the states at the last three instants, per origin. A new one is advanced from the latest known state before it, so the clock
 * is not run again from the origin for each question.
 */
export function memoizeProgress<State extends { readonly asOf: Instant }, Instant extends string, More extends readonly unknown[]>(
  advance: (from: State, now: Instant, ...more: More) => State,
): (origin: State, now: Instant, ...more: More) => State {
  const known = new WeakMap<State, readonly State[]>();
  return (origin, now, ...more) => {
    const states = known.get(origin) ?? [];
    const same = states.find(({ asOf }) => asOf === now);
    if (same !== undefined) return same;
    const from = states.reduce((best, each) => (each.asOf < now && each.asOf > best.asOf ? each : best), origin);
    const state = advance(from, now, ...more);
    known.set(origin, [state, ...states].slice(0, 3));
    return state;
  };
}

/** Memoizes by primitive key; emptied at 5,000 entries. */
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
