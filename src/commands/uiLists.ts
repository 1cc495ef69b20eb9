/* The lists of cases that a supervisor opens in the Temporal UI. */

import { daysAfter } from '../domain/basics/calendar';
import { attentionCodes, type AttentionCode } from '../domain/views/attention';
import type { UiList } from '../door/lists';
import { blockedCases, openCases } from '../releases/deployment';
import { noonOf, searchAttributes } from '../workflows/messages';

const { attention, ...rest } = searchAttributes;
const others = Object.values(rest);

/** The columns of these lists, in their order: a narrow window cuts off the last ones. */
export const uiColumns: readonly string[] = ['Workflow ID', attention.name, ...others.map(({ name }) => name), 'Status'];

/** A case that is closed sleeps on, so that it can be reopened. The Web UI makes a filter of `!=` and `<=` only with spaces around them. */
const notClosed = `${openCases} AND ${searchAttributes.stage.name} != "closed"`;

const titles: Readonly<Record<AttentionCode, string>> = {
  overdue: 'A task is overdue',
  'decision-needed': 'A decision is needed on what follows',
  unassigned: 'A task of a role that nobody holds',
  'mail-undelivered': 'A mail or notice did not arrive, or perhaps not',
  alarm: 'An alarm is open',
};

export const uiLists: readonly UiList[] = [
  ...attentionCodes.map((code) => ({
    id: code,
    title: titles[code],
    query: () => `${notClosed} AND ${searchAttributes.attention.name} = "${code}"`,
  })),
  {
    id: 'due-14-days',
    title: 'The next date is within 14 days',
    query: (today) => `${notClosed} AND ${searchAttributes.nextDate.name} <= "${noonOf(daysAfter(today, 14)).toISOString()}"`,
  },
  {
    id: 'blocked',
    title: 'The case is blocked by a mistake of ours (shown after about a minute)',
    query: () => blockedCases,
  },
  { id: 'open', title: 'All open cases', query: () => notClosed },
];
