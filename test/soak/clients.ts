import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ledger } from './ledger';

/** The number of facts in a case before the next one is opened: slightly more than a case of a year has. */
const factsACase = 60;

/** The service under load: its address, and a token for each staff member. */
export interface Door {
  readonly address: string;
  readonly tokens: Readonly<Record<'caseworker' | 'police' | 'supervisor', string>>;
}

/** The counts of the clients: answers by request and status. */
export type Counts = Map<string, number>;

/** All clients at once: facts, reads, intakes, previews and lists, for as long as `going` is true. */
export async function useIt(door: () => Door, ledger: Ledger, counts: Counts, going: () => boolean): Promise<void> {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(Date.now());
  const intake = {
    indication: { observedOn: today, by: 'police' },
    office: 'amsterdam',
    person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' },
  };
  const someCase = () => ledger.cases[Math.floor(Math.random() * ledger.cases.length)] ?? '';

  async function ask(who: keyof Door['tokens'], name: string, path: string, body?: object, key?: string) {
    const { address, tokens } = door();
    const headers = {
      Authorization: `Bearer ${tokens[who]}`,
      ...(key && { 'Idempotency-Key': key }),
      ...(body && { 'Content-Type': 'application/json' }),
    };
    const answer = await fetch(`${address}/v1${path}`, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }).catch(
      () => null,
    );
    const said = await answer?.text().catch(() => null);
    const status = answer === null || said === null || said === undefined ? 'no answer' : String(answer.status);
    counts.set(`${name} ${status}`, (counts.get(`${name} ${status}`) ?? 0) + 1);
    return { status, body: said ? (JSON.parse(said) as Record<string, unknown>) : {} };
  }

  /** Repeats a request with the same key until it is accepted, as a 503 asks for. */
  async function insist(who: keyof Door['tokens'], name: string, path: string, body: object): Promise<Record<string, unknown> | null> {
    const key = randomUUID();
    while (going()) {
      const answer = await ask(who, name, path, body, key);
      if (answer.status === '201') return answer.body;
      if (answer.status !== '503' && answer.status !== 'no answer')
        throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
      await pause(500);
    }
    return null;
  }

  async function opens(): Promise<string | null> {
    const opened = await insist('caseworker', 'intake', '/pathways', intake);
    if (opened === null) return null;
    const reference = String(opened['reference']);
    ledger.opened(reference);
    return reference;
  }

  async function tells(): Promise<void> {
    while (going()) {
      const reference = await opens();
      if (reference === null) return;
      for (let number = 0; number < factsACase && going(); number += 1) {
        const mark = `soak-${randomUUID()}`;
        ledger.sent(reference, mark);
        if (
          (await insist('caseworker', 'fact', `/pathways/${reference}/facts`, { type: 'consentGiven', purpose: `crossBorder:${mark}` })) !==
          null
        )
          ledger.answered(mark);
        if (number === 20) await insist('police', 'stage', `/pathways/${reference}/facts`, { type: 'reflectionStarted' });
        await pause(100);
      }
    }
  }

  const over = (every: number, act: () => Promise<unknown>) => async () => {
    while (going()) {
      if (ledger.cases.length > 0) await act();
      await pause(every);
    }
  };
  await Promise.all(
    [
      ...Array.from({ length: 4 }, () => tells),
      ...Array.from({ length: 2 }, () => over(100, () => ask('police', 'read', `/pathways/${someCase()}`))),
      over(200, () => ask('caseworker', 'timeline', `/pathways/${someCase()}/facts`)),
      over(2_000, opens),
      over(1_000, () => ask('supervisor', 'list', '/pathways')),
      over(3_000, () => ask('caseworker', 'preview', '/pathway-previews', { startOn: today, person: intake.person })),
      over(1_000, () => ask('caseworker', 'ready', '/health/ready')),
    ].map((client) => client()),
  );
}
