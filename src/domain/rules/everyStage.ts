/* Facts that belong to no one stage. */

import { addTask, endTask, findTask, reopenTask, taskRuleOf } from '../plan/tasks';
import { liftDeadline, ruleOf } from '../plan/deadlines';
import { consentsToTheExchange } from '../plan/gates';
import { staff, teamRoles, type Party } from '../basics/roles';
import { notPossible, Refusal } from '../basics/refusal';
import { openStages, type Situation } from '../state/situation';
import type { Task } from '../state/workPlan';
import { awaitsAsylumDecision, hasResidenceMatter, isEuOrDutch, isSuperseded, isUnaccompaniedMinor } from '../state/questions';
import { results } from '../facts/catalogue';
import { opened } from './access';
import { givenUpWith } from './remedies';
import { endPeriod } from '../state/reflectionPeriod';
import type { Edition } from '../policy/edition';
import type { FactTable } from './row';
import type { RecordedFact } from '../facts/recordedFact';

const everyOpenStageButAftercare = openStages.filter((stage) => stage !== 'aftercare');
const whoMissesAMinor = ['careCoordinator', 'caseworker', 'supervisor'] as const;

/** Facts that belong to no one stage: consent, tasks, the team, contact, the end of the case and its reopening. */
export const everyStageFacts = {
  consentGiven: {
    possibleIn: openStages,
    recordedBy: staff,
    changes: (situation, given) => {
      const { purpose } = given;
      const takenBack = saidOtherwise(situation, given, 'consentWithdrawn');
      const consents = [...situation.consents.filter((each) => each !== purpose), purpose];
      if (takenBack) return {};
      return { consents, ...(situation.hidden && purpose === 'policeContact' ? opened(situation, given) : {}) };
    },
    says: { nl: 'Betrokkene geeft toestemming voor: {purpose}.', en: 'The person consents to: {purpose}.' },
    source: 'CM-GDPR',
  },
  consentWithdrawn: {
    possibleIn: openStages,
    recordedBy: staff,
    changes: (situation, withdrawn) =>
      saidOtherwise(situation, withdrawn, 'consentGiven')
        ? {}
        : {
            consents: situation.consents.filter((each) => each !== withdrawn.purpose),
            // Registered while the police may not know, a person stays so only with their consent.
            ...(situation.hidden && withdrawn.purpose === 'registration' ? { registered: false } : {}),
          },
    alarms: (situation, withdrawn) => {
      const isRunning = situation.referral?.running === true && !situation.referral.recalled;
      const isOfTheReturn = withdrawn.purpose === 'returnDataExchange' && !saidOtherwise(situation, withdrawn, 'consentGiven');
      return isRunning && isOfTheReturn ? ['caseworker'] : [];
    },
    alarmSettled: (now) => consentsToTheExchange(now) || now.referral?.running !== true,
    says: { nl: 'Betrokkene trekt de toestemming in voor: {purpose}.', en: 'The person withdraws consent to: {purpose}.' },
    source: 'CM-GDPR',
  },
  taskCompleted: {
    possibleIn: openStages,
    recordedBy: (situation, { task }): readonly Party[] => {
      const owner = findTask(situation, task)?.owner;
      return owner === undefined ? everyCompleter : [owner, 'caseworker', 'supervisor'];
    },
    choices: eachTask,
    refusedBecause: (situation, { task }) =>
      openTask(situation, task) ?? (findTask(situation, task)?.waits === true ? notPossible('consentGiven') : null),
    takenOfAFullCase: (situation, { task }, edition) => isOwed(findTask(situation, task), edition),
    changes: (situation, { task: id, receivedAt }, edition) => {
      const task = findTask(situation, id);
      const registers = task !== undefined && taskRuleOf(edition, task)?.registersPerson === true;
      return { ...endTask(situation, id, 'done', receivedAt), ...(registers ? { registered: true } : {}) };
    },
    says: { nl: 'Taak gedaan: {task}.', en: 'Task done: {task}.' },
    source: 'ours',
  },
  taskWaived: {
    possibleIn: openStages,
    recordedBy: (situation, { task }): readonly Party[] =>
      findTask(situation, task)?.statutory === true ? ['supervisor'] : ['caseworker', 'supervisor'],
    choices: eachTask,
    refusedBecause: (situation, { task }) => openTask(situation, task),
    takenOfAFullCase: (situation, { task }, edition) => isOwed(findTask(situation, task), edition),
    changes: (situation, { task, receivedAt }) => endTask(situation, task, 'waived', receivedAt),
    says: { nl: 'Taak vervalt: {task}; reden: {reason}.', en: 'Task waived: {task}; reason: {reason}.' },
    source: 'ours: a statutory task only by a supervisor',
  },
  taskReopened: {
    possibleIn: openStages,
    recordedBy: [...staff, 'supervisor'],
    choices: eachTask,
    refusedBecause: (situation, { task }) => {
      const found = findTask(situation, task);
      if (found === undefined) return new Refusal('unknown-task');
      return found.end === null ? new Refusal('already-recorded') : null;
    },
    changes: (situation, { task, receivedAt }) => reopenTask(situation, task, receivedAt),
    says: { nl: 'Taak heropend: {task}.', en: 'Task reopened: {task}.' },
    source: 'ours',
  },
  taskAdded: {
    possibleIn: openStages,
    recordedBy: [...staff, 'supervisor'],
    changes: (situation, { kind, owner, due, title, receivedAt }, edition) =>
      addTask(situation, { kind, owner, dueOn: due, title }, receivedAt, edition),
    says: { nl: 'Taak toegevoegd voor {owner}, uiterlijk {due}.', en: 'Task added for {owner}, due {due}.' },
    source: 'ours',
  },
  teamChanged: {
    possibleIn: openStages,
    recordedBy: ['supervisor'],
    refusedBecause: ({ hidden }, { role }) => (hidden && role === 'police' ? notPossible('consentGiven') : null),
    changes: ({ team }, { role, staffId, receivedAt }) =>
      team[role]?.staffId === staffId ? {} : { team: { ...team, [role]: { staffId, since: receivedAt } } },
    says: { nl: 'Nieuwe persoon in de rol van {role}.', en: 'Another person took the role of {role}.' },
    source: 'ours',
  },
  deadlineLifted: {
    possibleIn: openStages,
    recordedBy: ['supervisor'],
    choices: ({ deadlines }) => deadlines.map(({ id }) => ({ deadline: id })),
    refusedBecause: ({ deadlines }, { deadline: id }, edition) => {
      const deadline = deadlines.find((each) => each.id === id && each.end === null);
      return deadline === undefined || ruleOf(edition, deadline).isReflectionPeriod === true ? notPossible() : null;
    },
    changes: (situation, { deadline: id, on, receivedAt }, edition) => ({
      ...liftDeadline(situation, id, on, receivedAt),
      ...givenUpWith(
        situation,
        situation.deadlines.find((each) => each.id === id),
        edition,
      ),
    }),
    says: { nl: 'Termijn opgeheven: {deadline}; reden: {reason}.', en: 'Deadline lifted: {deadline}; reason: {reason}.' },
    source: 'ours: a deadline that nobody will use',
  },
  contactMissed: {
    possibleIn: openStages,
    recordedBy: staff,
    alarms: ({ minor }) => (minor ? whoMissesAMinor : []),
    alarmSettled: (now, edition) => !isBeingLookedFor(now, edition),
    says: { nl: 'Betrokkene kwam niet of is niet te bereiken.', en: 'The person did not come or cannot be reached.' },
    source: 'VC12: the police establish a departure, nobody else',
  },
  departedUnknown: {
    possibleIn: everyOpenStageButAftercare,
    recordedBy: ({ hidden }): readonly Party[] => (hidden ? ['caseworker', 'careCoordinator'] : ['police']),
    takenOfAFullCase: () => true,
    changes: (situation, fact) => ({
      ...endPeriod(situation, fact.on, 'departedUnknown'),
      // The safety of a missing minor goes first: the police may know.
      ...(situation.hidden && situation.minor ? opened(situation, fact) : {}),
    }),
    alarms: ({ minor }) => (minor ? whoMissesAMinor : []),
    alarmSettled: ({ stage }) => stage !== 'contactLost',
    notices: (_, after) => [
      ...(hasResidenceMatter(after) ? [{ partner: 'ind' as const, kind: 'departed' as const }] : []),
      ...(isUnaccompaniedMinor(after) ? [{ partner: guardianOf(after), kind: 'departed' as const }] : []),
    ],
    says: { nl: 'Met onbekende bestemming vertrokken.', en: 'The person left for an unknown destination.' },
    source: 'VC12: from the date the police established it',
  },
  returnedToContact: {
    possibleIn: openStages,
    recordedBy: ['police', ...staff],
    waitsFor: (situation, edition) => (situation.stage === 'contactLost' || isBeingLookedFor(situation, edition) ? null : notPossible()),
    says: { nl: 'Er is weer contact met betrokkene.', en: 'The person is in contact again.' },
    source: 'ours',
  },
  otherApplicationFiled: {
    possibleIn: everyOpenStageButAftercare,
    recordedBy: ['ind', 'lawyer'],
    changes: (situation, { on }) => endPeriod(situation, on, 'otherApplication'),
    says: { nl: 'Andere verblijfsaanvraag gedaan.', en: 'The person filed another residence application.' },
    source: 'VC15 B8/3',
  },
  otherApplicationRefused: {
    possibleIn: everyOpenStageButAftercare,
    recordedBy: ['ind', 'lawyer'],
    waitsFor: (situation) => (situation.stage === 'otherProcedure' || awaitsAsylumDecision(situation) ? null : notPossible()),
    changes: ({ cooperation }) => (cooperation?.asylum === 'awaited' ? { cooperation: { ...cooperation, asylum: 'refused' } } : {}),
    says: { nl: 'Andere verblijfsaanvraag afgewezen.', en: 'The other residence application was refused.' },
    source: 'VB15 art. 3.6a',
  },
  closed: {
    possibleIn: openStages,
    recordedBy: ['supervisor'],
    choices: () => results.map((result) => ({ result })),
    refusedBecause: ({ tasks }, { result }, edition) => {
      // Nothing more can be owed to a person who died, or who was found to be no possible victim.
      if (result === 'died' || result === 'notAVictim') return null;
      const owed = tasks.filter((task) => isOwed(task, edition));
      return owed.length === 0 ? null : notPossible(...owed.map(({ id }) => id));
    },
    takenOfAFullCase: () => true,
    changes: (_, { result }) => ({ result }),
    says: { nl: 'Zaak gesloten: {result}.', en: 'Case closed: {result}.' },
    source: 'ours',
  },
  reopened: {
    possibleIn: ['closed'],
    recordedBy: ['supervisor'],
    changes: () => ({ result: null }),
    says: { nl: 'Zaak heropend: {reason}.', en: 'Case reopened: {reason}.' },
    source: 'ours',
  },
} satisfies Partial<FactTable>;

// Any role of the team may complete some task. To all of them an unknown task is answered as unknown.
const everyCompleter: readonly Party[] = teamRoles;

/** Whether the police still have to establish where somebody is who missed a contact. */
function isBeingLookedFor({ tasks }: Situation, edition: Edition): boolean {
  return tasks.some((task) => task.end === null && taskRuleOf(edition, task)?.looksForPerson === true);
}

/** The body that looks after a minor: the one that was named, or else the one that the law names. */
export function guardianOf(situation: Situation): 'nidos' | 'youthCare' {
  return situation.guardian ?? (isEuOrDutch(situation) ? 'youthCare' : 'nidos');
}

/** Whether the person said the contrary on a later day. */
function saidOtherwise(situation: Situation, { purpose, on }: Consent, contrary: Consent['type']): boolean {
  return isSuperseded(situation, on, contrary, (each) => each.purpose === purpose);
}

type Consent = RecordedFact<'consentGiven' | 'consentWithdrawn'>;

function eachTask({ tasks }: Situation): { readonly task: string }[] {
  return tasks.map(({ id }) => ({ task: id }));
}

/** Whether somebody has to settle a task before the case is closed. */
function isOwed(task: Task | undefined, edition: Edition): boolean {
  return task?.statutory === true && task.end === null && taskRuleOf(edition, task)?.settledByClosing !== true;
}

function openTask(situation: Situation, id: string): Refusal | null {
  const found = findTask(situation, id);
  if (found === undefined) return new Refusal('unknown-task');
  return found.end === null ? null : new Refusal('already-recorded');
}
