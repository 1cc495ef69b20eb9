/* The partners who may know of a case. */

import { consentsToTheExchange } from '../plan/gates';
import { taskRuleOf } from '../plan/tasks';
import type { Edition } from '../policy/edition';
import { guardianOf } from '../rules/everyStage';
import { effectiveFactsOf, isUnaccompaniedMinor } from '../state/questions';
import type { Situation } from '../state/situation';
import type { Where } from './rights';

/** Partners whose users log in. IND and CoMensha are notified, and read no case as a partner. */
export const readingPartners = ['iom', 'dtv', 'receiving', 'nidos', 'youthCare'] as const;
type ReadingPartner = (typeof readingPartners)[number];

/** The place of a case in the table of rights, as its facts make it. */
export function whereIs(situation: Situation, edition: Edition): Where {
  const { office, hidden, team } = situation;
  return { office, hidden, team, told: readingPartners.filter((partner) => isTold[partner](situation, edition)) };
}

/** Why each partner may know of a case (docs/rights.md). With the consent the partner loses the case. */
const isTold: Readonly<Record<ReadingPartner, (situation: Situation, edition: Edition) => boolean>> = {
  iom: (situation) => situation.referral?.recalled === false && consentsToTheExchange(situation),
  dtv: (situation, edition) => (consentsToTheExchange(situation) && returns(situation)) || isInformed(situation, edition),
  receiving: (situation) => consentsToTheExchange(situation) && isConfirmed(situation),
  nidos: (situation) => isUnaccompaniedMinor(situation) && guardianOf(situation) === 'nidos',
  youthCare: (situation) => isUnaccompaniedMinor(situation) && guardianOf(situation) === 'youthCare',
};

function returns({ returnRequested, stage }: Situation): boolean {
  return returnRequested || stage === 'safeReturn' || stage === 'aftercare';
}

/** Whether DT&V knows of the person without their consent: it prepares the transfer, or the police have told it. */
function isInformed({ ground, tasks }: Situation, edition: Edition): boolean {
  return ground === 'dublin' || tasks.some((task) => task.end?.state === 'done' && taskRuleOf(edition, task)?.tellsDtv === true);
}

/** Whether the last news by date is that a receiving organisation is there, not that the person refused one. */
function isConfirmed(situation: Situation): boolean {
  const news = effectiveFactsOf(situation, 'receivingOrganisationConfirmed');
  const last = news.toSorted((one, other) => (one.on < other.on ? -1 : Number(one.on > other.on))).at(-1);
  return last !== undefined && last.refusedByPerson !== true;
}
