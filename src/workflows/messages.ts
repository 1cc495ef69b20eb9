import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { CaseAttributes } from '../domain/views/caseAttributes';
import { epoch, instantAt, type Instant, type PlainDate } from '../domain/basics/calendar';
import type { Certificate } from '../domain/views/certificate';
import type { Told } from '../domain/case/carriedFile';
import type { CaseFile, CaseStart, FactSubmission } from '../domain/case/caseFile';
import type { CountedSignals, LogEntry, KeptSignal } from '../domain/facts/log';
import type { RecordedFact } from '../domain/facts/recordedFact';
import type { IntakeView } from '../domain/views/intake';
import type { PathwayView } from '../domain/views/pathway';
import type { PartnerView } from '../domain/views/partner';
import type { LateMoment } from '../domain/views/lateMoment';
import type { Caller } from '../domain/basics/roles';
import type { Due } from '../domain/notifications/moved';
import type { Outbox } from '../domain/state/outbox';
import type { Language } from '../domain/words';

/** The contract between a case's workflow and whoever speaks to it: names, ids, queues, input. */

export const workflowType = 'pathway';
export const pathwayQueue = 'pathway';

/** The workflow's id: the reference is opaque, so that the id may be read by anybody. */
export function workflowIdOf(reference: string): string {
  return `pathway/${reference}`;
}

/** The reference of the case that a workflow runs; undefined for a workflow of no case. */
export function referenceOf(workflowId: string): string | undefined {
  const prefix = workflowIdOf('');
  return workflowId.startsWith(prefix) ? workflowId.slice(prefix.length) : undefined;
}

/** The deployment that all builds of the workflows are versions of. A build is the hash of its bundle (src/releases). */
export const deployment = 'pathways';

/**
 * The time that a worker has for one task of a case. A worker that dies with a task in hand delays that case so much: 6.8 s to an answer,
 * where the engine's own ten seconds gave 11.6 (docs/decisions/0031-a-run-stays-on-its-build.md).
 */
export const workflowTaskTimeout = '5s';

/** How the codec finds the case of a workflow, and the workflow of a case. */
export const caseNames = { workflowIdOf, referenceOf };

/** The one workflow that watches over all cases; no case has its type. */
export const watchType = 'watch';
export const watchId = 'watch';

/**
 * The input of a run: what the case began with, and all that earlier runs recorded and sent. `version` is its form. A new member is
 * optional for one release (docs/decisions/0032-what-a-case-carries.md).
 */
export interface PathwayStart {
  readonly version: 1;
  readonly start: CaseStart;
  readonly entries?: readonly (RecordedFact | KeptSignal)[];
  readonly revision?: number;
  readonly counted?: CountedSignals | null;
  readonly outbox?: Outbox;
  /** The build that wrote it. */
  readonly build?: string;
  /** What the case had to send by the rules of that build, and had not sent. */
  readonly due?: Due;
  /** Left out, unless nobody but the case writes something of it into the register. */
  readonly owed?: Owed;
}

/** What a case still has to write into the register, beside its file. */
export interface Owed {
  readonly late: readonly LateMoment[];
}

/**
 * Records a fact, and may refuse it: then it fails with `RefusalDetails`, and the type of the failure is the code. Who names what they know
 * hears a `Told`; who does not hears the pathway after it.
 */
export const recordFact = defineUpdate<Told | PathwayView | PartnerView, [RecordRequest]>('recordFact');
export interface RecordRequest extends FactSubmission {
  /** The revision of the file that the sender has; null for a sender who could not read the register, and so cannot write it. */
  readonly knows?: number | null | undefined;
  /** The language of the answer: English, unless it names another. */
  readonly language?: Language | undefined;
}

/** The same update for a sender who keeps no file. */
export const recordAndShow = defineUpdate<PathwayView | PartnerView, [Omit<RecordRequest, 'knows'>]>(recordFact.name);

/** A report that may not be refused: what is not possible or not well formed is kept as such. */
export const cooperation = defineSignal<[unknown]>('cooperation');

/** Asks a case to go on in a new run, on the code that is current. Nothing comes with it, so any tool may send it; what comes is ignored. */
export const rest = defineSignal('rest');

/** Asks a case to write itself into the register. What comes with it is ignored. */
export const register = defineSignal('register');

/** Questions. `now` is the asker's: a workflow's own clock stands still between its tasks. Null: hidden from this caller. */
export const pathway = defineQuery<PathwayView | PartnerView | null, [PathwayQuestion]>('pathway');
export interface PathwayQuestion {
  readonly caller: Caller;
  readonly now: Instant;
  /** English, unless it names another. */
  readonly language?: Language | undefined;
}
/** What the case began with. Null: hidden from this caller; a code: read by this caller, who is not of its team. */
export const intake = defineQuery<IntakeView | 'role-not-allowed' | null, [{ readonly caller: Caller; readonly now: Instant }]>('intake');
/** How one deadline came about. Null: hidden from this caller; a code: the case has no such deadline, or none for this caller. */
export const certificate = defineQuery<
  Certificate | 'no-such-deadline' | null,
  [{ readonly caller: Caller; readonly now: Instant; readonly deadline: string }]
>('certificate');
/** The log, and after it how many signals were only counted. Null: hidden from this caller. */
export const entries = defineQuery<readonly (LogEntry | CountedSignals)[] | null, [{ readonly caller: Caller }]>('entries');
/** The whole file: for a repeated intake, the simulation and the tests. */
export const caseFile = defineQuery<CaseFile>('caseFile');

/** Search attributes are readable to whoever sees the engine's pages, and therefore neutral. */
export const searchAttributes = {
  stage: defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD),
  office: defineSearchAttributeKey('Office', SearchAttributeType.KEYWORD),
  nextDate: defineSearchAttributeKey('NextDate', SearchAttributeType.DATETIME),
  escalated: defineSearchAttributeKey('Escalated', SearchAttributeType.BOOL),
  attention: defineSearchAttributeKey('Attention', SearchAttributeType.KEYWORD_LIST),
};

/** The attributes of a case in the case list. A case without a next date, or without a code, has no such attribute. */
export function attributesOf({ stage, office, nextDate, escalated, attention }: CaseAttributes): TypedSearchAttributes {
  return new TypedSearchAttributes([
    { key: searchAttributes.stage, value: stage },
    { key: searchAttributes.office, value: office },
    { key: searchAttributes.escalated, value: escalated },
    ...(nextDate === null ? [] : [{ key: searchAttributes.nextDate, value: noonOf(nextDate) }]),
    ...(attention.length === 0 ? [] : [{ key: searchAttributes.attention, value: [...attention] }]),
  ]);
}

/** A legal date as an attribute. The hour has no meaning. */
export function noonOf(date: PlainDate): Date {
  return new Date(epoch(instantAt(date, '12:00')));
}
