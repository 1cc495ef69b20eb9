/* The differences between a case and its rows in the register. */

import { isDeepStrictEqual } from 'node:util';
import { instantOf } from '../domain/basics/calendar';
import type { CaseFile } from '../domain/case/caseFile';
import type { CaseKey } from '../privacy/caseKeys';
import type { DueWrite } from '../store/caseWrite';
import type { RegisterTable } from '../store/register';
import type { StandingRows, StandingState } from '../store/standingRows';
import type { AskedFile } from './asked';
import { rowsOf, type KeyedHash } from './caseRows';
import type { Editions } from './editions';
import { openedState, type SealedState } from './sealedState';
import { openedOrNone, seals } from './seals';

/** The kinds of differences, each in words that follow a number of cases. */
export const differences = {
  noRow: 'are not in the register',
  noCase: 'are in the register, and there is no such case',
  silent: 'give no answer',
  older: 'stand there in an older state',
  newer: 'stand there in a newer state',
  factMissing: 'lack a fact there',
  factOther: 'have a fact there that the case does not know, or says otherwise',
  factDamaged: 'have a fact there that does not open',
  stateDamaged: 'have a state there that does not open, or does not belong to its row',
  begun: 'began otherwise there, or by another edition',
  sent: 'have another record there of what was sent',
  line: 'have another line there for lists',
  members: 'have other members there',
  due: 'have other open tasks and dates there',
  person: 'are counted otherwise by statistics',
} as const;

export type Difference = keyof typeof differences;

interface Means {
  readonly key: CaseKey;
  readonly hash: KeyedHash;
  readonly editions: Pick<Editions, 'withHash'>;
  readonly table: Pick<RegisterTable, 'isCounted'>;
}

/** The kinds of differences of one case. Rows of another revision than the case has are not held against it: they say another state. */
export async function differencesOf(rows: StandingRows, { file, isNumbered }: AskedFile, means: Means): Promise<readonly Difference[]> {
  const { state } = rows;
  if (state === undefined) return ['noRow'];
  const found = new Set(factsOf(rows, file, means.key));
  // A case without a revision cannot say which state it is in.
  const revision = isNumbered ? file.revision : state.revision;
  if (state.revision < revision) found.add('older');
  if (state.revision > revision) found.add('newer');
  const opened = openedState(state, file.start.reference, means.key);
  if (opened?.entries !== state.entries) found.add('stateDamaged');
  if (state.revision !== revision) return [...found];
  if (opened?.entries === state.entries)
    for (const each of stateOf(opened, file, await means.editions.withHash(state.edition))) found.add(each);
  for (const each of await derivedOf(rows, state, { ...file, revision }, means)) found.add(each);
  return [...found];
}

function factsOf({ facts }: StandingRows, { entries, start: { reference } }: CaseFile, key: CaseKey): Difference[] {
  const standing = new Set(facts.map(({ n }) => n));
  const missing = entries.some((_, place) => !standing.has(place + 1)) ? (['factMissing'] as const) : [];
  const others = facts.flatMap(({ n, sealed }): Difference[] => {
    const fact = openedOrNone(key, sealed, seals.fact(reference, n));
    if (fact === undefined) return ['factDamaged'];
    return isSame(fact, entries[n - 1]) ? [] : ['factOther'];
  });
  return [...missing, ...others];
}

function stateOf(state: SealedState, file: CaseFile, edition: unknown): Difference[] {
  const begun = isSame({ ...state.start, edition }, file.start) ? [] : (['begun'] as const);
  const { counted, outbox } = file;
  const sent = isSame([state.counted, state.outbox], [counted, outbox]) ? [] : (['sent'] as const);
  return [...begun, ...sent];
}

/** The plain rows, made again for the instant at which they were made. */
async function derivedOf(rows: StandingRows, state: StandingState, file: CaseFile, { key, hash, table }: Means): Promise<Difference[]> {
  const { form, writtenAt, edition } = state;
  const { reference } = file.start;
  const made = rowsOf({ file, now: instantOf(Date.parse(writtenAt)) }, key, edition, hash);
  const { office, hiddenFromPolice, firstDue } = made.line;
  const line = { ...made.line, revision: file.revision, form: made.state.form, writtenAt };
  const members = made.members.map((member) => ({ ...member, firstDue }));
  const due = made.due.map((each) => ({ ...each, office, hiddenFromPolice }));
  const opened = <Due extends DueWrite>({ sealed, ...plainly }: Due) => ({
    ...plainly,
    said: openedOrNone(key, sealed, seals.due(reference, plainly.item)),
  });
  const isCounted = await table.isCounted({ ...made.person, revision: file.revision });
  const isSameLine = form === made.state.form && isSame(rows.line, line);
  return [
    ...(isSameLine ? [] : (['line'] as const)),
    ...(isSame(byRole(rows.members), byRole(members)) ? [] : (['members'] as const)),
    ...(isSame(byItem(rows.due.map(opened)), byItem(due.map(opened))) ? [] : (['due'] as const)),
    ...(isCounted ? [] : (['person'] as const)),
  ];
}

function byRole<Member extends { readonly role: string }>(members: readonly Member[]): readonly Member[] {
  return members.toSorted((one, other) => one.role.localeCompare(other.role));
}

function byItem<Due extends Pick<DueWrite, 'kind' | 'item'>>(due: readonly Due[]): readonly Due[] {
  const nameOf = ({ kind, item }: Due) => `${kind} ${item.toString('hex')}`;
  return due.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)));
}

/** As they are written: a member that holds nothing is none. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}
