/* The tiles of a supervisor's board. A tile counts the list that it leads to. */

import { daysAfter, type PlainDate } from '../../domain/basics/calendar';
import type { Words } from '../../domain/basics/language';
import type { CaseOptions } from './cases';

interface Tile {
  readonly id: string;
  readonly title: Words;
  /** The list, as `GET /pathways` is asked for it. */
  readonly list: (today: PlainDate) => CaseOptions;
}

export const tiles: readonly Tile[] = [
  {
    id: 'overdue-statutory',
    title: { nl: 'Wettelijke taak te laat', en: 'A statutory task is overdue' },
    list: () => ({ open: 'true', statutoryOverdue: 'true' }),
  },
  {
    id: 'due-14-days',
    title: { nl: 'Een datum is voorbij of komt binnen 14 dagen', en: 'A date has passed or comes within 14 days' },
    list: (today) => ({ open: 'true', dueBefore: daysAfter(today, 15) }),
  },
  {
    id: 'decision-needed',
    title: { nl: 'Besluit over het vervolg nodig', en: 'A decision is needed on what follows' },
    list: () => ({ open: 'true', decisionNeeded: 'true' }),
  },
  {
    id: 'unassigned',
    title: { nl: 'Taak van een rol die niemand heeft', en: 'A task of a role that nobody holds' },
    list: () => ({ open: 'true', unassigned: 'true' }),
  },
  { id: 'escalated', title: { nl: 'Geëscaleerd', en: 'Escalated' }, list: () => ({ open: 'true', escalated: 'true' }) },
  {
    id: 'mail-not-delivered',
    title: { nl: 'Een bericht kwam niet aan, of misschien niet', en: 'A mail or notice did not arrive, or perhaps not' },
    list: () => ({ open: 'true', undelivered: 'true' }),
  },
  {
    id: 'deadline-passed',
    title: { nl: 'Termijn verstreken', en: 'A deadline has passed' },
    list: () => ({ open: 'true', deadlinePassed: 'true' }),
  },
  { id: 'open', title: { nl: 'Alle open zaken', en: 'All open cases' }, list: () => ({ open: 'true' }) },
];
