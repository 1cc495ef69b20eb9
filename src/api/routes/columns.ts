/* The columns of each list as CSV. */

import type { ForecastItem } from '../../casework/lists/forecast';
import type { OutageView } from '../../casework/lists/outages';
import type { TaskItem } from '../../casework/lists/tasks';
import type { CaseItem, Change, LateMoment } from '../../casework/ports/lists';
import type { Columns } from '../http/tables';

export const ofCases: Columns<CaseItem> = {
  reference: ({ reference }) => reference,
  office: ({ office }) => office,
  stage: ({ stage }) => stage,
  since: ({ since }) => since,
  firstDue: ({ firstDue }) => firstDue,
  nextDate: ({ nextDate }) => nextDate,
  overdue: ({ overdue }) => overdue,
  escalated: ({ escalated }) => escalated,
  decisionNeeded: ({ decisionNeeded }) => decisionNeeded,
  unassigned: ({ unassigned }) => unassigned,
  undelivered: ({ undelivered }) => undelivered,
};

export const ofTasks: Columns<TaskItem> = {
  reference: ({ reference }) => reference,
  stage: ({ stage }) => stage,
  task: ({ task }) => task.id,
  kind: ({ task }) => task.kind,
  title: ({ task }) => task.title,
  due: ({ due }) => due,
  dueAt: ({ dueAt = null }) => dueAt,
  overdue: ({ overdue }) => overdue,
  statutory: ({ statutory }) => statutory,
  owner: ({ owner }) => owner,
  assignee: ({ assignee }) => assignee,
  standsInFor: ({ standsInFor = null }) => standsInFor,
  why: ({ why }) => why,
};

export const ofBoard: Columns<{ id: string; title: string; count: number; atLeast: boolean; list: string }> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  count: ({ count }) => count,
  atLeast: ({ atLeast }) => atLeast,
  list: ({ list }) => list,
};

export const ofForecast: Columns<ForecastItem> = {
  week: ({ week }) => week,
  from: ({ from }) => from,
  office: ({ office }) => office,
  decisions: ({ decisions }) => decisions,
  permits: ({ permits }) => permits,
  returns: ({ returns }) => returns,
  reporting: ({ reporting }) => reporting,
};

export const ofChanges: Columns<Change> = {
  reference: ({ reference }) => reference,
  revision: ({ revision = null }) => revision,
  at: ({ at = null }) => at,
  gone: ({ gone = false }) => gone,
};

export const ofOutages: Columns<OutageView> = {
  id: ({ id }) => id,
  from: ({ from }) => from,
  until: ({ until }) => until,
  moments: ({ moments }) => moments,
  worst: ({ worst }) => worst,
};

export const ofMoments: Columns<LateMoment> = {
  reference: ({ reference }) => reference,
  plannedAt: ({ plannedAt }) => plannedAt,
  happenedAt: ({ happenedAt }) => happenedAt,
  what: ({ what }) => what.join(' '),
  about: ({ about }) => about.join(' '),
  deadline: ({ deadline }) => deadline,
  mails: ({ mails }) => mails,
};
