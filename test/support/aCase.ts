import { teamThatComesIn } from '../../src/casework/requests/team';
import { advance, type Wake } from '../../src/domain/notifications/advance';
import type { Dispatch } from '../../src/domain/notifications/agenda';
import { dateOf, instantAt, instantOf, minuteBefore, timeOf, type Instant, type PlainDate } from '../../src/domain/basics/calendar';
import { openCase, record, situationAt, type CaseFile, type CaseStart } from '../../src/domain/case/caseFile';
import { currentEdition } from '../../src/domain/policy/editions';
import type { Fact, FactType, RightFact } from '../../src/domain/facts/catalogue';
import { dutyMailbox as unknownToTheDirectory, type Caller, type TeamRole } from '../../src/domain/basics/roles';
import { classOf, type Letter, type MailClass, type Outcome } from '../../src/domain/state/outbox';
import { Refusal } from '../../src/domain/basics/refusal';
import { receiveSignal } from '../../src/domain/case/signals';
import type { Notice, Situation, Stage } from '../../src/domain/state/situation';
import type { Task } from '../../src/domain/state/workPlan';
import { taskState, type TaskState } from '../../src/domain/plan/tasks';

/** An instant as people say it: a date at ten in the morning, or a date and a time, in Amsterdam. */
export type When = string;

/** A mail as a test reads it: `at` on the clock in Amsterdam, items as `safety-plan due`. */
export interface Mail {
  readonly at: string;
  readonly to: string;
  readonly class: MailClass;
  readonly items: readonly string[];
  readonly id: string;
}

export interface NotifiedPartner {
  readonly at: string;
  readonly partner: string;
  readonly notice: string;
}

/** Whether a letter or a notice arrives when it is tried. */
export type PostOffice = (
  letter: Pick<Letter, 'id' | 'to' | 'kind' | 'numbered'>,
  at: string,
) => Pick<Outcome, 'outcome'> & { next?: string | null; deputy?: string };

/** What a partner's server makes of a notice when it is tried. */
export type PartnersServer = (notice: Notice, at: string) => WithoutId<Outcome>;
type WithoutId<Each> = Each extends unknown ? Omit<Each, 'id'> : never;

export interface Opening {
  readonly registered?: When;
  readonly observedOn?: PlainDate;
  /** The police, unless said otherwise; if others met the person, the police may not know of the case. */
  readonly metBy?: CaseStart['indication']['by'];
  readonly person?: Partial<CaseStart['person']>;
  readonly team?: CaseStart['team'];
  /** The edition in force, unless said otherwise. */
  readonly edition?: CaseStart['edition'];
  /** Everything arrives, unless said otherwise; with `closed` nothing is even written, where a test is about facts alone. */
  readonly post?: PostOffice | 'closed';
  /** The same of notices. */
  readonly partners?: PartnersServer;
}

/** A case on the clock of the pure core, opened on the first of September 2027 at nine unless said otherwise. */
export function aCase(opening: Opening = {}): CaseOnTheClock {
  return new CaseOnTheClock(opening);
}

/** A case that was registered a minute ago by the clock of this machine: its first mail is due at once. */
export function freshCase(): CaseOnTheClock {
  const registeredAt = instantOf(Date.now() - 60_000);
  return aCase({ registered: `${dateOf(registeredAt)}T${timeOf(registeredAt)}` });
}

/** Fields of a fact beside its type and its date. */
export type Fields<T extends FactType> = Omit<Fact<T>, 'type' | 'on'> & { readonly on?: PlainDate };

/** Records each fact at its instant. Between the facts the clock runs from instant to instant, and the case keeps all mail. */
export class CaseOnTheClock {
  file: CaseFile;
  now: Instant;
  readonly mails: Mail[] = [];
  /** Each try of a notice. */
  readonly notices: NotifiedPartner[] = [];
  private wakesInAMinute = 0;
  private readonly post: PostOffice | null;
  private readonly partners: PartnersServer;

  constructor({
    registered = '2027-09-01T09:00',
    observedOn,
    metBy = 'police',
    person,
    team,
    edition,
    post = arrives,
    partners = arrives,
  }: Opening) {
    const hiddenFromPolice = !['police', 'kmar', 'labourInspectorate'].includes(metBy);
    const { police, ...others } = officeTeams.amsterdam;
    this.now = instantOfWhen(registered);
    this.partners = partners;
    this.post = post === 'closed' ? null : throughTheDirectory(post);
    this.file = openCase({
      reference: 'BT-7K3M-9QX2-4HTW-8',
      registeredAt: this.now,
      registeredBy: hiddenFromPolice ? 'caseworker-1' : 'police-1',
      office: 'amsterdam',
      indication: { observedOn: observedOn ?? dateOf(this.now), by: metBy },
      hiddenFromPolice,
      person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ', ...person },
      team: { ...others, ...(hiddenFromPolice ? {} : { police }), ...team },
      prosecutors: ['prosecution-1'],
      edition: edition ?? currentEdition,
    });
  }

  /** Tells a fact; the case must accept it. */
  told<T extends FactType>(by: Teller, when: When, type: T, fields: Fields<T>): this {
    const answer = this.tell(by, when, type, fields);
    if (answer instanceof Refusal) throw new Error(`${type} was refused on ${when}: ${answer.code} ${answer.missing.join(' ')}`);
    this.file = answer;
    return this;
  }

  /** Why a fact is not accepted; nothing if it would be. Nothing changes. */
  refusal<T extends FactType>(by: Teller, when: When, type: T, fields: Fields<T>): Pick<Refusal, 'code' | 'missing'> | null {
    const answer = this.tell(by, when, type, fields);
    return answer instanceof Refusal ? { code: answer.code, missing: answer.missing } : null;
  }

  /** What another system signalled, as it came. */
  signalled(when: When, told: unknown): this {
    const receivedAt = this.receivedAt(when);
    this.file = receiveSignal(this.file, told, receivedAt);
    return this;
  }

  startedReflection(when: When, on?: PlainDate): this {
    return this.told('police', when, 'reflectionStarted', dated(on));
  }

  cooperated(when: When, on?: PlainDate): this {
    return this.told('police', when, 'cooperated', { form: 'reportSigned', ...dated(on) });
  }

  declined(when: When, on?: PlainDate): this {
    return this.told('police', when, 'declined', { confirmed: true, ...dated(on) });
  }

  /** The caseworker says that a task is done. */
  completed(when: When, task: string): this {
    return this.told('caseworker', when, 'taskCompleted', { task });
  }

  /** Every open task is done by a supervisor; what comes back every month comes back. */
  didEverything(when: When): this {
    return this.openTasks().reduce((on, task) => on.told('supervisor', when, 'taskCompleted', { task }), this);
  }

  proposed(when: When, route: Fact<'routeProposed'>['route']): this {
    return this.told('caseworker', when, 'routeProposed', { route, grounds: ['other'] });
  }

  /** A route proposed by the caseworker and decided by the supervisor; with the evidence, where it needs some. */
  took(when: When, route: Fact<'routeProposed'>['route']): this {
    if (route === 'humanitarianPermit')
      this.told('police', when, 'victimStatementIssued', {}).told('police', when, 'threatStatementIssued', {});
    return this.proposed(when, route).told('supervisor', when, 'routeDecided', { route, grounds: ['other'] });
  }

  /** The person said no, chose to go home with IOM, and every gate is open. */
  readyToLeave(when: When): this {
    return this.startedReflection(when).declined(when).took(when, 'return').opensGates(when);
  }

  /** Every gate of a safe return, opened one by one. */
  opensGates(when: When): this {
    return this.told('caseworker', when, 'returnRequested', {})
      .told('caseworker', when, 'consentGiven', { purpose: 'returnDataExchange' })
      .told('ind', when, 'returnPermitted', {})
      .told('dtv', when, 'removalSuspended', {})
      .told('caseworker', when, 'legalAdviceTaken', {})
      .told('careCoordinator', when, 'riskAssessed', { outcome: 'acceptable' })
      .told('prosecution', when, 'criminalCaseArranged', { how: 'nonePending' })
      .told('caseworker', when, 'compensationArranged', { how: 'notWanted' })
      .told('caseworker', when, 'medicalFitnessConfirmed', {})
      .told('caseworker', when, 'travelDocumentReceived', {})
      .told('iom', when, 'receivingOrganisationConfirmed', {});
  }

  /** The point of no return. */
  declared(when: When): this {
    return this.told('iom', when, 'departureDeclared', {});
  }

  /** The document is handed in and the journey booked. */
  booked(when: When, travelOn: PlainDate): this {
    return this.told('police', when, 'residenceDocumentHandedIn', {}).told('iom', when, 'travelBooked', { travelOn });
  }

  /** A fact by its id is taken back; or what is right is put in its place. */
  corrects(by: Teller, when: When, replaces: string, right?: RightFact): this {
    return this.told(by, when, 'corrected', { replaces, with: right, reason: 'mistake' });
  }

  granted(when: When, until: PlainDate): this {
    return this.told('ind', when, 'permitGranted', { from: dateOf(instantOfWhen(when)), until });
  }

  /** Runs the clock up to and including an instant. */
  until(when: When): this {
    return this.runTo(instantOfWhen(when));
  }

  stageAt(when: When): Stage {
    return this.at(when).stage;
  }

  /** The situation at an instant; the clock of the case itself does not move. */
  at(when: When): Situation {
    return situationAt(this.file, instantOfWhen(when));
  }

  task(id: string): Task {
    const found = this.situation.tasks.find((task) => task.id === id);
    if (found === undefined) throw new Error(`no task ${id} among ${this.taskIds().join(' ')}`);
    return found;
  }

  stateOf(id: string, when?: When): TaskState {
    return taskState(this.task(id), when === undefined ? this.now : instantOfWhen(when));
  }

  taskIds(): string[] {
    return this.situation.tasks.map(({ id }) => id);
  }

  openTasks(): string[] {
    return this.situation.tasks.filter(({ end }) => end === null).map(({ id }) => id);
  }

  /** The mails about one thing, as `2027-11-30T09:00 caseworker-1 due`. */
  mailsAbout(about: string, to?: string): string[] {
    return this.mails
      .filter((mail) => to === undefined || mail.to === to)
      .flatMap((mail) =>
        mail.items.filter((item) => item.split(' ')[0] === about).map((item) => `${mail.at} ${mail.to} ${item.split(' ')[1] ?? ''}`),
      );
  }

  get situation(): Situation {
    return situationAt(this.file, this.now);
  }

  private tell<T extends FactType>(by: Teller, when: When, type: T, { on, ...fields }: Fields<T>): CaseFile | Refusal {
    const receivedAt = this.receivedAt(when);
    const fact = { ...fields, type, on: on ?? dateOf(receivedAt) } as unknown as Fact;
    return record(this.file, { fact, by: callerOf(by), receivedAt, officeTeam: teamThatComesIn(fact, this.situation.office, teamIn) });
  }

  // Of one minute: what the clock does, then facts, then mail. The core runs its clock up to a fact by itself; letters of before leave first.
  private receivedAt(when: When): Instant {
    const receivedAt = instantOfWhen(when);
    this.runTo(minuteBefore(receivedAt));
    this.now = receivedAt;
    return receivedAt;
  }

  private runTo(end: Instant): this {
    if (this.post !== null) for (const wake of advance(this.file, { from: this.now, until: end }, this.sends(this.post))) this.woke(wake);
    this.now = end > this.now ? end : this.now;
    return this;
  }

  private sends(post: PostOffice): (dispatch: Dispatch, at: Instant) => readonly Outcome[] {
    return ({ letters, notices }, now) => {
      const at = localTime(now);
      const answers = letters.map((letter): Outcome => ({ next: null, ...post(letter, at), id: letter.id }));
      return [...answers, ...notices.map((notice): Outcome => ({ ...this.partners(notice, at), id: notice.id }))];
    };
  }

  private woke({ at, expires, dispatch, outcomes, file }: Wake): void {
    const { letters, opened } = this.file.outbox;
    const isUnchanged = file.outbox.letters.length === letters.length && file.outbox.opened === opened;
    if (!expires && outcomes.length === 0 && isUnchanged) throw new Error(`nothing came of the wake at ${at}`);
    const arrived = new Set(outcomes.flatMap(({ id, outcome }) => (outcome === 'delivered' ? [id] : [])));
    this.mails.push(...dispatch.letters.filter(({ id }) => arrived.has(id)).map((letter) => mailOf(letter, localTime(at))));
    this.notices.push(...dispatch.notices.map((notice) => noticeOf(notice, localTime(at))));
    this.wakesInAMinute = at === this.now ? this.wakesInAMinute + 1 : 0;
    if (this.wakesInAMinute > 1_000) throw new Error(`the clock does not move on from ${at}`);
    [this.file, this.now] = [file, at];
  }
}

const officeTeams = {
  amsterdam: { caseworker: 'caseworker-1', careCoordinator: 'care-coordinator-1', police: 'police-1', supervisor: 'supervisor-1' },
  rotterdam: {
    caseworker: 'caseworker-rotterdam-1',
    careCoordinator: 'care-coordinator-rotterdam-1',
    police: 'police-rotterdam-1',
    supervisor: 'supervisor-rotterdam-1',
  },
};

function teamIn(office: string): CaseStart['team'] {
  return officeTeams[office as keyof typeof officeTeams];
}

const arrives = () => ({ outcome: 'delivered' as const });

/** The duty mailbox of the office, which gets mail that no other recipient can get. */
export const dutyMailboxAddress = 'duty-amsterdam@example.org';

/** Only the directory knows the address of the duty mailbox, so it refuses the letter and names that address. */
export function throughTheDirectory(post: PostOffice): PostOffice {
  return (letter, at) => (letter.to === unknownToTheDirectory ? { outcome: 'refused', next: dutyMailboxAddress } : post(letter, at));
}

/** A staff member by role, or a caller that the test makes. */
export type Teller =
  TeamRole | 'ind' | 'prosecution' | 'kmar' | 'inspectorate' | 'iom' | 'dtv' | 'receiving' | 'nidos' | 'youthCare' | Caller;

export function callerOf(teller: Teller): Caller {
  return typeof teller === 'string' ? callers[teller] : teller;
}

const ofTheOffice = (id: string, role: TeamRole): Caller => ({ id, roles: [role], office: 'amsterdam' });
const callers: Readonly<Record<Exclude<Teller, Caller>, Caller>> = {
  caseworker: ofTheOffice('caseworker-1', 'caseworker'),
  careCoordinator: ofTheOffice('care-coordinator-1', 'careCoordinator'),
  police: ofTheOffice('police-1', 'police'),
  supervisor: ofTheOffice('supervisor-1', 'supervisor'),
  lawyer: ofTheOffice('lawyer-1', 'lawyer'),
  returnCounsellor: ofTheOffice('return-counsellor-1', 'returnCounsellor'),
  ind: { id: 'ind-1', roles: ['ind'] },
  prosecution: { id: 'prosecution-1', roles: ['prosecution'] },
  kmar: { id: 'kmar-1', roles: ['kmar'] },
  inspectorate: { id: 'inspector-1', roles: ['inspectorate'] },
  nidos: { id: 'nidos-1', roles: ['partner'], partner: 'nidos' },
  youthCare: { id: 'youth-care-1', roles: ['partner'], partner: 'youthCare' },
  iom: { id: 'iom-1', roles: ['partner'], partner: 'iom' },
  dtv: { id: 'dtv-1', roles: ['partner'], partner: 'dtv' },
  receiving: { id: 'receiving-1', roles: ['partner'], partner: 'receiving' },
};

export function instantOfWhen(when: When): Instant {
  const [date = '', time = '10:00'] = when.split('T');
  return instantAt(date as PlainDate, time);
}

export function localTime(instant: Instant): string {
  return `${dateOf(instant)}T${timeOf(instant)}`;
}

function dated(on: PlainDate | undefined): { on?: PlainDate } {
  return on === undefined ? {} : { on };
}

function mailOf({ id, to, items }: Letter, at: string): Mail {
  return { at, to, class: classOf(items), items: items.map(({ about, step }) => `${about} ${step}`), id };
}

function noticeOf({ partner, kind }: Notice, at: string): NotifiedPartner {
  return { at, partner, notice: kind };
}
