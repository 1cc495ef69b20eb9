import { z } from 'zod';
import type { AccessLogPage } from '../../casework/accessLog';
import type { EditionSummary } from '../../casework/policies';
import type { TimelineEntry } from '../../casework/timeline';
import { factTypes, results } from '../../domain/facts/catalogue';
import { gates } from '../../domain/policy/edition';
import { teamRoles } from '../../domain/basics/roles';
import { steps } from '../../domain/state/outbox';
import type { UpcomingAction } from '../../domain/state/upcoming';
import type { Certificate } from '../../domain/views/certificate';
import { partnerStages, type PartnerView } from '../../domain/views/partner';
import type { PathwayView } from '../../domain/views/pathway';
import type { Edition } from '../../domain/policy/edition';
import { date, instant, reference, stage, words } from './commonShapes';
import { shapeOf } from './shapeOf';

/*
 * The shapes of our answers, for openapi.json. Each is tied to its view by a type, so that a view that changes does not compile without its
 * shape. More members may come.
 */

const task = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  statutory: z.boolean().describe('Wettelijk verplicht.'),
  due: date,
  dueAt: instant.optional().describe('The instant, for a task of hours.'),
  state: z.enum(['open', 'overdue', 'done', 'waived', 'lapsed']),
  owner: z.enum(teamRoles),
  assignee: z.string().nullable(),
  note: z.string().optional().describe('The consent that it still waits for, or what holds for this person.'),
});

const deadline = z
  .object({
    id: z.string(),
    date,
    state: z.enum(['running', 'met', 'passed', 'lifted']),
    doubts: z.array(z.string()).describe('What is not certain about the date, in sentences.'),
  })
  .describe('Termijn.');

const confirmedOn = date.describe('The day on which somebody who knows the law confirmed it.');

const upcomingAction = z.object({
  at: instant,
  what: z.enum(['new', 'reminder', 'warning', 'escalation', 'alarm', 'expiry', 'notice']),
  about: z.array(z.string()),
  to: z.string(),
});

const reflectionPeriod = z
  .object({
    startedOn: date,
    length: z.string().describe('P3M, or the length that the edition gives for the ground of the stay.'),
    endsOn: date,
    endedOn: date.nullable(),
    end: z.enum(['cooperated', 'declined', 'expired', 'departedUnknown', 'otherApplication']).nullable(),
  })
  .describe('Bedenktijd.');

const safeReturn = z
  .object({
    declared: z.boolean(),
    documentHandedIn: z.boolean(),
    travelOn: date.nullable(),
    missing: z
      .array(z.enum(gates))
      .describe('Gates that are shut today, by the fact that opens each. The declaration waits for all of them.'),
    bookedUnsafely: z.boolean().describe('A journey is booked, and the risk assessment does not allow it.'),
  })
  .describe('The preparation of a journey home (vrijwillige terugkeer).');

export const pathwayAnswer = shapeOf<PathwayView>()(
  z
    .object({
      reference,
      stage,
      since: date,
      office: z.string(),
      policyEdition: z.string(),
      because: z.object({ fact: z.enum([...factTypes, 'intake', 'expiry']), on: date, source: z.string() }),
      reflectionPeriod: reflectionPeriod.nullable(),
      suspensionEndedOn: date.nullable().describe('Einde van de opschorting van het vertrek.'),
      safeReturn: safeReturn.nullable(),
      tasks: z.array(task),
      deadlines: z.array(deadline),
      next: z.array(upcomingAction).describe('The next actions of the clock if nobody does anything.'),
      allowedFacts: z.array(z.enum(factTypes)).describe('The facts that this caller may record now.'),
      result: z.enum(results).nullable(),
      undelivered: z
        .array(z.string())
        .describe(
          'Staff ids, roles and partners that a mail or notice could not reach for a day, that refused it for good, or that it perhaps did not reach.',
        ),
      team: z.partialRecord(z.enum(teamRoles), z.string()).describe('The staff id of each role now.'),
      consents: z
        .array(z.object({ purpose: z.string(), on: date }))
        .describe('The consents of the person now, each with its date (toestemming).'),
    })
    .describe('The pathway of one possible victim (mogelijk slachtoffer).'),
);

export const partnerPathwayAnswer = shapeOf<PartnerView>()(
  z
    .object({
      reference,
      stage: z.enum(partnerStages),
      missing: z.array(z.enum(gates)).describe('The gates of a safe return that concern the partner and are shut today.'),
      travelOn: date.nullable(),
      allowedFacts: z.array(z.enum(factTypes)).describe('The facts that this caller may record now.'),
    })
    .describe('The part of a pathway that is for a partner (docs/rights.md).'),
);

/** An answer of a preview. */
export const previewAnswer = shapeOf<{ readonly moments: readonly UpcomingAction[] }>()(
  z.object({ moments: z.array(upcomingAction) }).describe('The dated plan: each mail and notice with its instant and its addressee.'),
);

export const policiesAnswer = shapeOf<{ readonly items: readonly EditionSummary[] }>()(
  z.object({
    items: z.array(
      z.object({
        edition: z.string(),
        from: date.nullable(),
        source: z.string(),
        current: z.boolean(),
        doubts: z
          .array(z.object({ about: z.string(), doubt: words.optional(), confirmedOn: confirmedOn.optional() }))
          .describe('Each part of the edition that is in doubt or was confirmed.'),
      }),
    ),
  }),
);

export const policyAnswer = shapeOf<Edition>()(
  z
    .looseObject({
      edition: z.string(),
      from: date.nullable(),
      source: z.string(),
      tasks: z.array(z.unknown()),
      deadlines: z.array(z.unknown()),
    })
    .describe('An edition of the policy, as data; each number with its source, or the word "ours".'),
);

const certifiedReminder = z.object({
  step: z.enum(steps),
  to: z.string().describe('A staff id or the address of a shared mailbox; a role where the reminder is still planned.'),
  state: z.enum(['delivered', 'refused', 'trying', 'planned']),
  at: instant.optional(),
  on: date.optional(),
});

export const certificateAnswer = shapeOf<Certificate>()(
  z
    .object({
      reference,
      id: z.string(),
      policyEdition: z.string(),
      rule: z.looseObject({ id: z.string() }).describe("The edition's row."),
      source: z.string(),
      doubts: z.array(words).describe('What is not certain about the date.'),
      remarks: z.array(words).describe('What else the reader of the date has to know.'),
      confirmedOn: confirmedOn.nullable(),
      facts: z
        .array(z.object({ id: z.string(), type: z.enum(factTypes), on: date, receivedAt: instant, until: date.optional() }))
        .describe('The fact that started the deadline, the fact that carries its date, and the fact that made it longer.'),
      startedOn: date,
      length: z.string().nullable().describe('ISO 8601, counted from the start; null where the fact itself carries the date.'),
      extension: z.string().nullable().describe('The time that a fact added, counted from the last day before; ISO 8601.'),
      date,
      instant: instant.nullable(),
      state: z.enum(['running', 'met', 'passed', 'lifted']),
      end: z.object({ state: z.enum(['met', 'lifted']), on: date, at: instant }).nullable(),
      reminders: z.array(certifiedReminder),
      passing: z
        .object({ at: instant, periodEnd: z.string().nullable(), tasks: z.array(z.string()) })
        .nullable()
        .describe('The effects of the clock when the deadline passed.'),
    })
    .describe('A deadline that explains itself: fact, rule, source, date, reminders, and how it ended.'),
);

export const accessLogAnswer = shapeOf<AccessLogPage>()(
  z.object({
    items: z.array(
      z
        .looseObject({
          seq: z.int().describe('The number of the line in the whole record.'),
          at: z.string().describe('The instant of the request, in UTC.'),
          did: z
            .string()
            .describe(
              'The request: open, read, timeline, deadline, intake, tell, accessLog; decode: words of it were shown; rehearse: a release was tried on it.',
            ),
          who: z.string().describe('A staff id, or the id of a user of a partner.'),
          roles: z.array(z.string()).optional(),
          office: z.string().optional(),
          partner: z.string().optional(),
          purpose: z.string().optional().describe('The reason for which the data was processed.'),
          outcome: z
            .string()
            .describe('asked: begun, and answered unless another line of the request says otherwise; seen, done, refused, failed.'),
          status: z.int().optional().describe('The status of a refusal or a failure.'),
          request: z.string().optional().describe('The X-Request-Id of the answer.'),
          trace: z.string().optional().describe('The trace of the request (W3C Trace Context).'),
        })
        .describe('A line of the record of who did what (logging).'),
    ),
    next: z.string().nullable().describe('The cursor of the next page, if there is one.'),
  }),
);

export const timelineAnswer = shapeOf<{ readonly items: readonly TimelineEntry[] }>()(
  z.object({
    items: z.array(
      z.looseObject({
        id: z.string(),
        type: z.string().describe('A fact type, or the fate of a signal.'),
        on: date.nullable(),
        recordedBy: z.string().nullable().describe('A staff id. The id in a signal is not verified.'),
        receivedAt: instant,
        sentence: z.string().describe('In the language of Accept-Language: nl or en.'),
      }),
    ),
  }),
);
