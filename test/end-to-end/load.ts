import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/until';
import type { Parts } from './parts';

/** Requests that are under way at the same time. */
const atOnce = 20;

/** A request that changes something, and how it went. */
interface Sent {
  readonly by: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: string;
  /** Undefined while it waits, and where the connection broke. */
  status?: number;
  /** Why it was refused. */
  code?: string | undefined;
  /** The time until its answer, or until the connection broke. */
  ms?: number;
}

/** A fact that the other API did not have at once. */
interface Late {
  readonly reference: string;
  readonly fact: object;
  /** The time from its answer, or from the end of the last breakdown, until the other API had it. */
  readonly ms: number;
}

/** Requests to one API, each read back through another, and all that was seen of them. */
export interface Load {
  /** The cases of which the opening was answered. */
  readonly references: readonly string[];
  readonly sent: readonly Sent[];
  readonly late: readonly Late[];
  /** Opens cases and tells facts in them, 20 at a time. Resolves when each has an answer or a broken connection, and each 201 was read back. */
  tells(facts: number, cases: number): Promise<void>;
  /** A breakdown has ended: all parts are there again. */
  allIsBack(): void;
  /** Repeats what was not answered until it is: who is asked to come back does so. Resolves to the number of these requests. */
  repeats(): Promise<number>;
}

export function loadOn({ ask }: Pick<Parts, 'ask'>): Load {
  const references: string[] = [];
  const sent: Sent[] = [];
  const late: Late[] = [];
  const inTurn = slots(atOnce);
  let backAt = 0;
  let told = 0;

  async function send(each: Sent): Promise<void> {
    const began = performance.now();
    const answer = await ask({ to: 'api', ...each }).catch(() => undefined);
    each.ms = Math.max(each.ms ?? 0, performance.now() - began);
    if (answer === undefined) return;
    each.status = answer.status;
    each.code = answer.body.code;
    if (each.status !== 201) return;
    if (each.path !== '') await readBack(each, performance.now());
    else if (answer.body.reference !== undefined) references.push(answer.body.reference);
  }

  /** The first answer of the other API has the fact, or the fact is late. */
  async function readBack({ by, path, body }: Sent, answeredAt: number): Promise<void> {
    let answers = 0;
    await until('the other API has the fact', async () => {
      const read = await ask({ to: 'otherApi', by, path });
      // While no part is there that knows the case, nobody can read it.
      if (read.status !== 200) return false;
      answers += 1;
      return (read.body.items ?? []).some((item) => Object.entries(body).every(([name, value]) => item[name] === value));
    });
    if (answers === 1) return;
    const ms = performance.now() - Math.max(answeredAt, backAt);
    late.push({ reference: path.split('/')[1] ?? '', fact: body, ms });
  }

  const newSent = (by: string, path: string, body: Sent['body']): Sent => {
    const each = { by, path, body, key: randomUUID() };
    sent.push(each);
    return each;
  };
  const opens = () => send(newSent('caseworker-1', '', intakeOfToday()));
  const tellsOne = async () => {
    await until('there is a case', () => references.length > 0);
    told += 1;
    const reference = references[told % references.length] ?? '';
    const path = `/${reference}/facts`;
    const isFirst = !sent.some((each) => each.path === path);
    await send(isFirst ? newSent('police-1', path, { type: 'reflectionStarted' }) : newSent('caseworker-1', path, aTask(told)));
  };
  return {
    references,
    sent,
    late,
    tells: async (facts, cases) => {
      const openings = Array.from({ length: cases }, () => inTurn(opens));
      await Promise.all([...openings, ...Array.from({ length: facts }, () => inTurn(tellsOne))]);
    },
    allIsBack: () => void (backAt = performance.now()),
    repeats: async () => {
      const unanswered = sent.filter(({ status }) => status !== 201);
      const answered = (each: Sent) => until('the repeat is answered', async () => (await send(each), each.status === 201));
      await Promise.all(unanswered.map((each) => inTurn(() => answered(each))));
      return unanswered.length;
    },
  };
}

/** Runs so many works at once; the others wait. */
function slots(most: number): (work: () => Promise<void>) => Promise<void> {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

function intakeOfToday() {
  const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' };
  return { indication: { observedOn: daysFromToday(0), by: 'police' }, office: 'amsterdam', person };
}

/** A fact that no other is like. */
function aTask(number: number) {
  return { type: 'taskAdded', kind: 'social', owner: 'careCoordinator', due: daysFromToday(60), title: `n-${number}` };
}

function daysFromToday(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
}

/** A moment within a time that commands usually take. */
export function withinACommand(): Promise<void> {
  return pause(Math.random() * 200);
}
