/* Everything that we measure, as data: docs/operations.md shows the same table. */

import { openStages } from '../domain/state/situation';

/** A process that serves metrics; `npm start` is both. */
export type Part = 'api' | 'worker';

interface Definition {
  /** The process that measures it. */
  readonly by: Part;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** The values that a label may have; `office` stands for the names of the offices. Nothing that names a case or a person can be one. */
  readonly labels: Readonly<Record<string, readonly string[] | 'office'>>;
  /** The upper bounds of a histogram. */
  readonly buckets?: readonly number[];
}

const outcomes = ['delivered', 'failed', 'perhaps', 'refused', 'deferred'] as const;

export const catalogue = {
  pathways_command_duration_seconds: {
    by: 'api',
    kind: 'histogram',
    help: 'Time from a command of a caller to its answer, its line of the record included',
    labels: { command: ['open', 'tell', 'publish'], result: ['done', 'refused', 'failed'] },
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
  pathways_reads_total: {
    by: 'api',
    kind: 'counter',
    help: 'Readings of one case, by what gave the answer',
    labels: { source: ['register', 'case'] },
  },
  pathways_writes_taken_over_total: {
    by: 'api',
    kind: 'counter',
    help: 'Writes into the register that a case took over from the API, since the API could not read or not write its row',
    labels: { since: ['not-read', 'not-written'] },
  },
  pathways_register_waiting_cases: {
    by: 'api',
    kind: 'gauge',
    help: 'Cases with a change that the register does not have yet, as far as this API knows',
    labels: {},
  },
  pathways_register_oldest_change_seconds: {
    by: 'api',
    kind: 'gauge',
    help: 'Age of the oldest change that the register does not have yet, as far as this API knows',
    labels: {},
  },
  pathways_open_cases: {
    by: 'api',
    kind: 'gauge',
    help: 'Open cases in the register, by their stage when they were last written',
    labels: { stage: openStages, office: 'office' },
  },
  pathways_unreached_recipients: {
    by: 'api',
    kind: 'gauge',
    help: 'People and partners whom the mail of a case did not reach, or perhaps not, summed over the cases',
    labels: { office: 'office' },
  },
  pathways_stopped_cases: {
    by: 'api',
    kind: 'gauge',
    help: 'Cases whose clock stands still, as the watch last saw',
    labels: { state: ['ended', 'blocked', 'stranded'] },
  },
  pathways_missed_wakes: {
    by: 'api',
    kind: 'gauge',
    help: 'Cases whose next date has been over for a day: their clock should have woken them, and did not',
    labels: {},
  },
  pathways_part_up: {
    by: 'api',
    kind: 'gauge',
    help: '1 if a part that the cases need answers, 0 if not',
    labels: { part: ['temporal', 'worker', 'clock', 'database', 'keys'] },
  },
  pathways_mail_orders_waiting: {
    by: 'api',
    kind: 'gauge',
    help: 'Mails and notices that no worker has taken yet; the letters of one wake count once',
    labels: {},
  },
  pathways_mail_oldest_order_seconds: {
    by: 'api',
    kind: 'gauge',
    help: 'Age of the oldest of them',
    labels: {},
  },
  pathways_comparison_cases: {
    by: 'api',
    kind: 'gauge',
    help: 'Cases that the last comparison of the register looked at',
    labels: {},
  },
  pathways_comparison_differing_cases: {
    by: 'api',
    kind: 'gauge',
    help: 'Cases that differed when the last comparison of the register ended',
    labels: {},
  },
  pathways_comparison_timestamp_seconds: {
    by: 'api',
    kind: 'gauge',
    help: 'Time of the last comparison of the register, in seconds since 1970',
    labels: {},
  },
  pathways_observed_timestamp_seconds: {
    by: 'api',
    kind: 'gauge',
    help: 'Time at which this API last read the numbers of a source, in seconds since 1970',
    labels: { source: ['engine', 'register'] },
  },
  pathways_mails_total: {
    by: 'worker',
    kind: 'counter',
    help: 'Tries to deliver a letter, by their outcome; deferred ones were not tried',
    labels: { outcome: outcomes },
  },
  pathways_notices_total: {
    by: 'worker',
    kind: 'counter',
    help: 'Tries to deliver a notice to a partner, by their outcome',
    labels: { outcome: ['delivered', 'failed', 'perhaps', 'refused'] },
  },
  pathways_delivery_wait_seconds: {
    by: 'worker',
    kind: 'histogram',
    help: 'Time from the wake of a case to the outcome of its letters, or of a notice',
    labels: { what: ['mail', 'notice'] },
    buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600],
  },
  pathways_register_writes_total: {
    by: 'worker',
    kind: 'counter',
    help: 'Tries of cases to write themselves into the register, by their result',
    labels: { result: ['done', 'failed'] },
  },
  pathways_late_moment_seconds: {
    by: 'worker',
    kind: 'histogram',
    help: 'Delay of a moment of the clock of a case that came more than five minutes late, by whether it was the end of a deadline; a write that is repeated counts again',
    labels: { touched: ['deadline', 'reminders'] },
    buckets: [600, 1800, 3600, 7200, 14400, 43200, 86400, 259200],
  },
} as const satisfies Readonly<Record<string, Definition>>;

type Catalogue = typeof catalogue;
export type MetricName = keyof Catalogue;

/** The labels of a metric, each with one of its values. */
export type LabelsOf<Name extends MetricName> = {
  readonly [Label in keyof Catalogue[Name]['labels']]: Catalogue[Name]['labels'][Label] extends readonly (infer Value)[] ? Value : string;
};

export const metricNames = Object.keys(catalogue) as readonly MetricName[];

export function definitionOf(name: MetricName): Definition {
  return catalogue[name];
}
