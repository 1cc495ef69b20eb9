/* Twelve changes of rules, each as a release could bring it. */

import type { FactType } from '../../../src/domain/facts/catalogue';
import type { Edit } from '../../support/editedBundle';

export interface Change {
  readonly name: string;
  /** `otherHours`: another time of the day for each at which digests leave. */
  readonly edits: (otherHours: Readonly<Record<string, string>>) => readonly Edit[];
  /** Whether a supervisor sees the new rules in a case at once; left out where they show later. */
  readonly isSeen?: boolean;
  /** A search attribute that operations registers before the release. */
  readonly attribute?: string;
  /** A type of fact that only the changed build knows. */
  readonly newFact?: FactType;
  /** Cases of a new edition begin beside the others. */
  readonly newEdition?: true;
}

const titleOfANewTask: Edit = [
  "    interpreter: {\n        nl: 'Tolk regelen',",
  "    'house-viewing': { nl: 'Woning bekijken', en: 'See a dwelling' },\n    interpreter: {\n        nl: 'Tolk regelen',",
];

/** Takes over every case with another edition than it carries. */
function withEdition(change: string): Edit {
  return ['return filled(edition, later);', `const before = filled(edition, later); return ${change};`];
}

const newRow = `{
  id: 'house-viewing', kind: 'social', appliesIn: 'anyCountry', plannedBy: ['intake'], due: { after: 'P30D' }, owner: 'caseworker', source: 'ours',
}`;

export const changes: readonly Change[] = [
  {
    name: 'another hour of the digest',
    isSeen: true,
    edits: (otherHours) => [
      withEdition(
        `{ ...before, mail: { ...before.mail, digestAt: ${JSON.stringify(otherHours)}[before.mail.digestAt] ?? before.mail.digestAt } }`,
      ),
    ],
  },
  {
    name: 'people are reminded two days earlier',
    edits: () => [['daysAfter)(dueOn, -days)', 'daysAfter)(dueOn, -days - 2)']],
  },
  {
    name: 'every task is due eight days earlier',
    isSeen: true,
    edits: () => [
      [
        'dueOn,\n        dueAt,\n        urgent,\n        plannedAt,\n        end: null',
        'dueOn: new Date(Date.parse(dueOn) - 8 * 86400000).toISOString().slice(0, 10),\n        dueAt,\n        urgent,\n        plannedAt,\n        end: null',
      ],
    ],
  },
  {
    name: 'a new task',
    isSeen: true,
    edits: () => [
      titleOfANewTask,
      withEdition(`{ ...before, tasks: [...before.tasks.filter(({ id }) => id !== 'house-viewing'), ${newRow}] }`),
    ],
  },
  {
    name: 'a task that is no longer planned',
    isSeen: true,
    edits: () => [
      [
        'const rules = edition.tasks.filter(({ plannedBy })=>plannedBy.some(',
        "const rules = edition.tasks.filter(({ id, plannedBy })=>id !== 'safe-bed' && plannedBy.some(",
      ],
    ],
  },
  {
    name: 'a fact that is refused from now on',
    isSeen: true,
    edits: () => [['    taskAdded: {\n        possibleIn: ', '    taskAdded: {\n        possibleIn: [],\n        before: ']],
  },
  {
    name: 'a new notice to a partner',
    edits: () => [
      [
        '    declined: {\n        possibleIn: [',
        "    declined: {\n        notices: () => [{ partner: 'iom', kind: 'return-stopped' }],\n        possibleIn: [",
      ],
    ],
  },
  {
    name: 'a new search attribute',
    isSeen: false,
    attribute: 'Trial',
    edits: () => [
      [
        'key: searchAttributes.escalated,\n            value: escalated\n        },',
        "key: searchAttributes.escalated,\n            value: escalated\n        },\n        { key: { name: 'Trial', type: 'KEYWORD' }, value: stage },",
      ],
    ],
  },
  {
    name: 'a new field of what is carried',
    isSeen: false,
    edits: () => [['version: writes,', "version: writes,\n        pace: 'slow',"]],
  },
  {
    name: 'a step with another name',
    isSeen: false,
    edits: () => [
      ["name: 'soon',", "name: 'nearly',"],
      ["'planned',\n    'soon',", "'planned',\n    'nearly',"],
      ["soon: 'reminder',", "nearly: 'reminder',"],
    ],
  },
  { name: 'a new edition', isSeen: false, newEdition: true, edits: () => [titleOfANewTask] },
  {
    name: 'a new type of fact',
    newFact: 'housingFound' as FactType,
    edits: () => [
      ['const factFields = {', 'const factFields = {\n    housingFound: {},'],
      ['const facts = table;', 'const facts = { ...table, housingFound: table.interviewHeld };'],
    ],
  },
];
