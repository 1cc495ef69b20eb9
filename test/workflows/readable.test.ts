import { defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { daysAfter, plus, type PlainDate } from '../../src/domain/basics/calendar';
import { cooperation } from '../../src/workflows/messages';
import { CaseCodec } from '../../src/privacy/codec';
import { caseInWords } from '../../src/domain/views/caseInWords';
import { aCase, type CaseOnTheClock } from '../support/aCase';
import { testSeals } from '../support/key';
import { openHouse, type CaseAtWork, type House } from './support/house';

const { Payload } = temporal.api.common.v1;

let house: House;
let theCase: CaseAtWork;
let monday: PlainDate;

beforeAll(async () => {
  house = await openHouse();
  monday = await house.aMonday();
  theCase = await house.opens(`${monday}T09:00`, {
    person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: canary, language: canary },
    bodyHash: canary,
  });
});
afterAll(() => house.close());

const canary = 'CANARY-OF-THE-INTAKE';

/** One case with most events that leave data in the engine: refusals, signals, letters, a notice, a new run. */
async function muchHappens(): Promise<void> {
  await theCase.told('police', `${monday}T10:00`, 'reflectionStarted', { evidence: 'm55' });
  await theCase.tells('caseworker', `${monday}T10:00`, 'consentGiven', { purpose: 'crossBorder:x-CANARY-OF-A-FACT' });
  await theCase.tells('police', `${monday}T10:00`, 'consentGiven', { purpose: 'crossBorder:x-CANARY-OF-A-REFUSAL' });
  await theCase.tells('supervisor', `${monday}T10:00`, 'cooperationEnded', {});
  await house.until(`${daysAfter(monday, 1)}T10:00`);
  await theCase.handle.signal(cooperation, { answer: 'CANARY-OF-A-SIGNAL', recordedBy: 'police-1' });
  await house.until(`${daysAfter(monday, 8)}T10:00`);
  await theCase.file();
}

describe('the readable data of a case in the engine', () => {
  beforeAll(muchHappens);

  it('can be searched by five neutral attributes and by nothing else', async () => {
    const { typedSearchAttributes } = await theCase.handle.describe();
    const attributes = Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
    const codes = { Stage: 'reflection', Office: 'amsterdam', Escalated: true, Attention: ['overdue', 'alarm'] };
    expect(attributes).toEqual({ ...codes, NextDate: expect.any(Date) });
    // Noon of a legal date: the hour has no meaning.
    expect((attributes['NextDate'] as Date).toISOString()).toMatch(/T11:00:00\.000Z$/);
  });

  it('says in plain words the stage of the person and what the case waits for', async () => {
    const metadata = await theCase.asks<{ currentDetails?: string }, []>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toContain('Reflection');
    expect(metadata.currentDetails).toMatch(/Waits until .* 09:00 in Amsterdam, or news\./);
    expect(metadata.currentDetails).toContain(`${plus(monday, 'P3M')} End of the reflection period`);
    expect(metadata.currentDetails).toContain('interpreter');
    await theCase.told('caseworker', `${daysAfter(monday, 8)}T11:00`, 'taskCompleted', { task: 'interpreter' });
    const then = await theCase.asks<{ currentDetails?: string }, []>('__temporal_workflow_metadata');
    expect(then.currentDetails).not.toContain('interpreter');
    expect(metadata.currentDetails).not.toMatch(/CANARY|police-1|example\.org/);
  });

  it('shows the effect of a fact at once, not only when the case next wakes', async () => {
    const shown = async () => {
      const { typedSearchAttributes } = await theCase.handle.describe();
      return typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]);
    };
    const before = await shown();
    const { situation } = await theCase.file();
    for (const { id, end, owner } of situation.tasks)
      if (end === null) await theCase.told(owner, `${daysAfter(monday, 8)}T11:30`, 'taskCompleted', { task: id });
    expect(before).toContainEqual(['Escalated', true]);
    expect(before).toContainEqual(['Attention', ['overdue', 'alarm']]);
    const after = await shown();
    expect(after).toContainEqual(['Escalated', false]);
    expect(after.map(([name]) => name)).not.toContain('Attention');
  });

  it('has a sentence for each timer and each activity, short enough for the engine to keep', async () => {
    const summaries = await Promise.all(
      (await events())
        .filter((event) => event.timerStartedEventAttributes ?? event.activityTaskScheduledEventAttributes)
        .map(async (event) => ({ activity: Boolean(event.activityTaskScheduledEventAttributes), ...(await summaryOf(event)) })),
    );
    const said = (activity: boolean) => summaries.filter((each) => each.activity === activity).map(({ words }) => words);
    expect(new Set(said(false).map((words) => /^Waits until .*(or news)/.test(words)))).toEqual(new Set([true]));
    expect(new Set(said(true).map((words) => /^Sends mail \(|^Writes the case into the register$/.test(words)))).toEqual(new Set([true]));
    expect(summaries.filter(({ bytes }) => bytes > 400)).toEqual([]);
    expect(summaries.filter(({ words }) => /CANARY|police-1|example\.org/.test(words))).toEqual([]);
  });

  it('contains no word of facts, tellers or recipients, since all of that is encrypted', async () => {
    const bytes = (await theCase.histories()).map((each) =>
      Buffer.from(temporal.api.history.v1.History.encode(each).finish()).toString('latin1'),
    );
    const words = ['CANARY', 'police-1', 'caseworker', 'supervisor-1', 'example.org', 'interpreter', 'medical', 'safe-bed', 'residence'];
    const codes = ['noLawfulResidence', 'reflectionStarted', 'cooperat', 'NL-2023-05', 'unreadable', 'Refus', 'digest'];
    // The name of the signal and the value of Stage are readable on purpose.
    const readable = /cooperation|reflection/g;
    for (const word of [...words, ...codes])
      expect({ word, found: bytes.some((each) => each.replaceAll(readable, '').includes(word)) }).toEqual({ word, found: false });
    // The scan works: it finds the data that are readable by design.
    expect(bytes.some((each) => each.includes('sendDigests'))).toBe(true);
  });
});

describe('the journey in the current details', () => {
  const booked = () => aCase().readyToLeave('2027-09-02').declared('2027-09-12').booked('2027-09-13', '2027-09-30');
  const details = ({ file, now }: CaseOnTheClock) => caseInWords(file, now);

  it('shows its date, and whether the risk allows it', () => {
    const foundUnsafe = booked().told('caseworker', '2027-09-20', 'riskAssessed', { outcome: 'notAcceptable' });
    expect(details(booked())).toContain('A journey is booked for 30 September 2027.');
    expect(details(foundUnsafe)).toContain('**A journey is booked for 30 September 2027, which the risk assessment does not allow.**');
    expect(details(foundUnsafe.told('caseworker', '2027-09-21', 'returnStopped', { reason: 'risk' }))).not.toContain('booked');
  });
});

async function events(): Promise<temporal.api.history.v1.IHistoryEvent[]> {
  return (await theCase.histories()).flatMap((history) => history.events ?? []);
}

async function summaryOf({ userMetadata }: temporal.api.history.v1.IHistoryEvent): Promise<{ words: string; bytes: number }> {
  const sealed = userMetadata?.summary;
  if (!sealed) return { words: '', bytes: 0 };
  const [payload] = await new CaseCodec(testSeals, 'asking').decode([sealed]);
  return { words: defaultPayloadConverter.fromPayload(payload ?? {}), bytes: Payload.encode(sealed).finish().length };
}
