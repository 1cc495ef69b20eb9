import type { Instant } from '../../../src/domain/basics/calendar';
import type { Caller } from '../../../src/domain/basics/roles';
import { reachOf } from '../../../src/domain/rights/reach';
import type { Action } from '../../../src/domain/rights/rights';
import type { CaseFile } from '../../../src/domain/case/caseFile';
import type { LateMoment } from '../../../src/domain/views/lateMoment';
import { openLists } from '../../../src/register/lists';
import { openRegister } from '../../../src/register/register';
import { keyedHashOf } from '../../../src/privacy/keyedHash';
import { openStore } from '../../../src/store/store';
import type { CaseOnTheClock } from '../../support/aCase';
import type { TestDatabase } from '../../support/databases';
import { testKey } from '../../support/key';
import { caseKeyOf } from './caseKeyOf';

/** The instant of the lists: ten in the morning of 20 September 2027 in Amsterdam is eight in UTC. */
export const now: Instant = '2027-09-20T08:00:00Z';

export const callers = {
  caseworker: { id: 'caseworker-1', roles: ['caseworker'], office: 'amsterdam' },
  supervisor: { id: 'supervisor-1', roles: ['supervisor'], office: 'amsterdam' },
  supervisorThere: { id: 'supervisor-rotterdam-1', roles: ['supervisor'], office: 'rotterdam' },
  police: { id: 'police-1', roles: ['police'], office: 'amsterdam' },
  kmar: { id: 'kmar-1', roles: ['kmar'] },
  ind: { id: 'ind-1', roles: ['ind'] },
  both: { id: 'both-1', roles: ['caseworker', 'kmar'], office: 'amsterdam' },
  auditor: { id: 'auditor-1', roles: ['auditor'] },
} as const satisfies Readonly<Record<string, Caller>>;

export type Who = keyof typeof callers;

interface Changes {
  readonly office?: string;
  readonly hidden?: boolean;
  readonly revision?: number;
  readonly late?: readonly LateMoment[];
}

/** The register and its lists in a database. */
export function openListing({ place }: Pick<TestDatabase, 'place'>) {
  const store = openStore(place);
  const hash = keyedHashOf(testKey);
  const register = openRegister({ table: store.register, keys: caseKeyOf, hash, damaged: () => undefined });
  const lists = openLists({ tables: store.lists, keys: caseKeyOf, systemKey: testKey });
  const asking = (who: Who, action: Action, office?: string) => ({ reach: reachOf(callers[who], action, office), now });
  const paged = (who: Who, cursor?: string | null, most: number | 'all' = 50) => ({
    ...{ caller: callers[who], wanted: {}, cursor: cursor ?? undefined, most },
  });
  return {
    store,
    lists,
    asking,
    paged,
    /** Writes a case under a reference, with changes that the register alone sees. */
    async write({ file }: Pick<CaseOnTheClock, 'file'>, reference: string, { office, hidden, revision = 1, late }: Changes = {}) {
      const { situation, start } = file;
      const changed = { ...situation, office: office ?? situation.office, hidden: hidden ?? situation.hidden };
      const written: CaseFile = { ...file, revision, start: { ...start, reference }, situation: changed };
      await register.write({ file: written, now, late });
    },
    /** The references of a whole list of cases. */
    async references(who: Who, filter: object = {}, office?: string) {
      const { items } = await lists.cases({
        ...asking(who, 'list', office),
        ...paged(who, undefined, 'all'),
        filter: { open: true, ...filter },
      });
      return items.map(({ reference }) => reference);
    },
  };
}

export type Listing = ReturnType<typeof openListing>;
