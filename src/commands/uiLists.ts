/* The lists of cases that a supervisor opens in the Temporal UI. */

import { daysAfter } from '../domain/basics/calendar';
import { attentionCodes, type AttentionCode } from '../domain/views/attention';
import type { UiList } from '../door/lists';
import { noonOf, searchAttributes, workflowType } from '../workflows/messages';

/** The columns of these lists, in their order. */
export const uiColumns: readonly string[] = ['Status', 'Workflow ID', ...Object.values(searchAttributes).map(({ name }) => name)];

/** A case that changes stage goes on in a new run, and the old run is history: only the last one is running. */
export const runningCases = `WorkflowType="${workflowType}" AND ExecutionStatus="Running"`;
/** A case that is closed sleeps on, so that it can be reopened. The Web UI makes a filter of `!=` and `<=` only with spaces around them. */
const openCases = `${runningCases} AND ${searchAttributes.stage.name} != "closed"`;

/** The engine marks these runs. By default it does so after five failed tasks in a row, at the sixth, which takes a minute. */
export const blockedCases = `${runningCases} AND TemporalReportedProblems IS NOT NULL`;

const titles: Readonly<Record<AttentionCode, string>> = {
  overdue: 'A task is overdue',
  'decision-needed': 'A decision is needed on what follows',
  unassigned: 'A task of a role that nobody holds',
  'mail-undelivered': 'A mail or notice did not arrive',
  alarm: 'An alarm is open',
};

export const uiLists: readonly UiList[] = [
  ...attentionCodes.map((code) => ({
    id: code,
    title: titles[code],
    query: () => `${openCases} AND ${searchAttributes.attention.name} = "${code}"`,
  })),
  {
    id: 'due-14-days',
    title: 'The next date is within 14 days',
    query: (today) => `${openCases} AND ${searchAttributes.nextDate.name} <= "${noonOf(daysAfter(today, 14)).toISOString()}"`,
  },
  {
    id: 'blocked',
    title: 'The case is blocked by a mistake of ours (shown after about a minute)',
    query: () => blockedCases,
  },
  { id: 'open', title: 'All open cases', query: () => openCases },
];
