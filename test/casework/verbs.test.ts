import { createHash } from 'node:crypto';
import { createCasework } from '../../src/casework/casework';
import { Refused } from '../../src/casework/refused';
import { openCase, record, type CaseFile } from '../../src/domain/case/caseFile';
import { certificateFor } from '../../src/domain/views/certificate';
import { intakeFor } from '../../src/domain/views/intake';
import { entriesFor, pathwayFor } from '../../src/domain/views/partner';
import { Refusal } from '../../src/domain/basics/refusal';
import type { Caller } from '../../src/domain/basics/roles';
import { may } from '../../src/domain/rights/rights';
import { whereIs } from '../../src/domain/rights/told';
import { demoStaff } from '../api/support/staff';
import { auditInMemory } from '../support/auditInMemory';
import { noLists } from '../support/noLists';
import { statisticsInMemory } from '../support/statisticsInMemory';

const now = '2028-01-10T09:00:00Z';
const body = {
  indication: { observedOn: '2028-01-09', by: 'police' },
  office: 'amsterdam',
  person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'HU' },
};

describe('the verbs of casework, without any front end,', () => {
  it('open a case, and find the same case again under the same key', async () => {
    const { casework } = installation();
    const first = await casework.open({ ...asking('caseworker-1'), key: 'one', body });
    expect(first).toMatchObject({ stage: 'intake', office: 'amsterdam' });
    expect((await casework.open({ ...asking('caseworker-1'), key: 'one', body })).reference).toBe(first.reference);
    const other = { ...body, person: { ...body.person, nationality: 'RO' } };
    await expect(casework.open({ ...asking('caseworker-1'), key: 'one', body: other })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
  });

  it('name all faults of a request at once, before they check rights', async () => {
    const { casework } = installation();
    const sent = { ...asking('lawyer-1'), options: { sort: 'since' }, body: { ...body, office: 'utrecht' } };
    const refused = await casework.open(sent).catch((error: unknown) => error as Refused);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({ code: 'invalid-request' });
    expect((refused as Refused).details.faults?.map(({ path }) => path)).toEqual(['Idempotency-Key', 'sort', 'office']);
  });

  it.each<[string, string, object, string]>([
    ['a lawyer opens a case', 'lawyer-1', { office: 'amsterdam' }, 'role-not-allowed'],
    ['a caseworker opens a case of another office', 'caseworker-1', { office: 'rotterdam' }, 'other-office'],
  ])('refuse that %s', async (_, who, changes, code) => {
    const { casework } = installation();
    await expect(casework.open({ ...asking(who), key: 'one', body: { ...body, ...changes } })).rejects.toMatchObject({ code });
  });

  it('refuse the list to a partner', async () => {
    const { casework } = installation();
    await expect(casework.list(asking('iom-1'))).rejects.toMatchObject({ code: 'role-not-allowed' });
  });

  it('refuse a member of the team from another office, and a text that cannot be a reference', async () => {
    const { casework } = installation();
    const opened = await casework.open({ ...asking('caseworker-1'), key: 'one', body });
    const joins = { type: 'teamChanged', role: 'caseworker', staffId: 'caseworker-rotterdam-1' };
    await expect(casework.tell({ ...asking('supervisor-1'), reference: opened.reference, key: 'two', body: joins })).rejects.toMatchObject({
      code: 'invalid-request',
      details: { faults: [{ path: 'staffId' }] },
    });
    await expect(casework.find({ ...asking('caseworker-1'), reference: 'watch' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('answer with a pathway in the language that the caller names', async () => {
    const { casework } = installation();
    const inDutch = { ...asking('caseworker-1'), language: 'nl' as const };
    const [title] = (await casework.open({ ...inDutch, key: 'one', body })).tasks;
    const { reference, tasks } = await casework.open({ ...asking('caseworker-1'), key: 'one', body });
    expect(title?.title).not.toBe(tasks[0]?.title);
    const ofCase = { ...inDutch, reference };
    expect(await casework.find(ofCase)).toMatchObject({ tasks: expect.arrayContaining([title]) });
    const interview = { type: 'interviewHeld' };
    const recorded = await casework.tell({ ...ofCase, caller: callerOf('police-1'), key: 'two', body: interview });
    expect(recorded).toMatchObject({ tasks: expect.arrayContaining([expect.objectContaining({ title: title?.title })]) });
  });

  it('record a fact for today if it has no date, and explain a deadline or report it missing', async () => {
    const { casework } = installation();
    const opened = await casework.open({ ...asking('caseworker-1'), key: 'one', body });
    const ofCase = { ...asking('police-1'), reference: opened.reference };
    const told = await casework.tell({ ...ofCase, key: 'two', body: { type: 'reflectionStarted' } });
    expect(told).toMatchObject({ stage: 'reflection', since: '2028-01-10' });
    expect(await casework.timeline({ ...ofCase, language: 'nl' })).toMatchObject([{ sentence: 'Bedenktijd ingegaan.' }]);
    expect(await casework.explain({ ...ofCase, deadline: 'reflection-period' })).toMatchObject({ date: '2028-04-10' });
    const none = casework.explain({ ...ofCase, deadline: 'no-such-deadline' });
    await expect(none).rejects.toMatchObject({ code: 'not-found', details: { about: 'deadline' } });
    await expect(casework.intake({ ...ofCase, caller: callerOf('rapporteur-1') })).rejects.toMatchObject({
      code: 'role-not-allowed',
      details: { about: 'intake' },
    });
  });
});

function asking(who: string) {
  return { caller: callerOf(who), now, request: { id: 'a', trace: 'b' } } as const;
}

function callerOf(who: string): Caller {
  const member = demoStaff.staff.find(({ id }) => id === who);
  if (member === undefined) throw new Error(`nobody is ${who}`);
  return { id: member.id, roles: member.roles, office: member.office, partner: member.partner };
}

/** Casework over cases in memory. */
function installation() {
  const files = new Map<string, CaseFile>();
  const seenBy = (of: string, caller: Caller): CaseFile => {
    const file = files.get(of);
    if (file === undefined || may(caller, 'read', whereIs(file.situation, file.start.edition)) !== 'yes') throw new Refused('not-found');
    return file;
  };
  const casework = createCasework({
    staff: demoStaff,
    policyEdition: undefined,
    hash: (purpose, text) => createHash('sha256').update(`${purpose}:${text}`).digest(),
    clock: () => Date.parse(now),
    statistics: statisticsInMemory().statistics,
    caseKeys: { make: async () => undefined },
    pathways: {
      open: async (start) => {
        const file = files.get(start.reference) ?? openCase(start);
        files.set(start.reference, file);
        return file;
      },
      find: async (of, asked) => pathwayFor(seenBy(of, asked.caller), asked),
      intake: async (of, { caller, now: at }) => intakeFor(seenBy(of, caller), caller, at) ?? 'role-not-allowed',
      explain: async (of, deadline, { caller, now: at }) => certificateFor(seenBy(of, caller), deadline, at, caller),
      timeline: async (of, caller) => entriesFor(seenBy(of, caller), caller),
      tell: async (of, telling, language) => {
        const after = record(seenBy(of, telling.by), telling);
        if (after instanceof Refusal) throw new Refused(after.code);
        files.set(of, after);
        return pathwayFor(after, { caller: telling.by, now: telling.receivedAt, language });
      },
    },
    lists: noLists,
    readiness: async () => ({ parts: { temporal: 'up', worker: 'up' } }),
    audit: auditInMemory().audit,
    officeOf: async (of) => files.get(of)?.situation.office,
    statusOf: () => 400,
  });
  return { casework };
}
