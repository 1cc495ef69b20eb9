/* The shape of the answer about an intake, tied to its view like those in schemas.ts. */

import { z } from 'zod';
import { ageGroups, factFields, observers, residences, sectors, sexes } from '../../domain/facts/catalogue';
import type { IntakeView } from '../../domain/views/intake';
import { date, instant, reference } from './commonShapes';
import { shapeOf } from './shapeOf';

const indication = z.object({ observedOn: date, by: z.enum(observers) });

const person = z.object({
  residence: z.enum(residences),
  ageGroup: z.enum(ageGroups),
  unaccompanied: z.boolean().optional(),
  nationality: z.string().describe('ISO 3166-1 alpha-2; XX for stateless, ZZ for unknown.'),
  sex: z.enum(sexes).optional(),
  sector: z.enum(sectors).optional(),
  dependants: z.int().optional(),
  asylumRequestedOn: date.optional().describe('Datum van de asielaanvraag.'),
  language: z.string().optional().describe('ISO 639-1.'),
});

const { shape: correctable } = person;

const intakeCorrection = z
  .object({
    id: z.string(),
    type: z.literal('intakeCorrected'),
    on: date,
    recordedBy: z.string().describe('A staff id.'),
    receivedAt: instant,
    reason: z.enum(factFields.intakeCorrected.reason),
    residence: correctable.residence.optional(),
    ageGroup: correctable.ageGroup.optional(),
    unaccompanied: correctable.unaccompanied,
    nationality: correctable.nationality.optional(),
    dependants: correctable.dependants,
    asylumRequestedOn: correctable.asylumRequestedOn,
    observedOn: date.optional(),
    office: z.string().optional(),
  })
  .describe('A correction of the intake, with the fields that it put right.');

/** The registration of the person. Later findings stand in the timeline. */
export const intakeAnswer = shapeOf<IntakeView>()(
  z
    .object({
      reference,
      office: z.string(),
      policyEdition: z.string(),
      registeredAt: instant,
      registeredBy: z.string().describe('A staff id.'),
      indication,
      person,
      asRegistered: z
        .object({ office: z.string(), indication, person })
        .nullable()
        .describe('The intake as it was registered, before anything was put right; null where nothing was.'),
      corrections: z.array(intakeCorrection).describe('In the order in which they were recorded.'),
    })
    .describe('The intake (aanmelding), in codes, with all that was put right since.'),
);
