/* Shapes of values that many answers have. */

import { z } from 'zod';
import { stages } from '../../domain/state/situation';

export const date = z.iso.date().describe('A legal date; it lasts until 24:00 in Amsterdam.');
export const instant = z.iso.datetime().describe('An instant, in UTC.');
export const reference = z.string().describe('Opaque; tells nothing of the person.');
/** A sentence in both languages. */
export const words = z.object({ nl: z.string(), en: z.string() });

/** The stages, each with its Dutch term. */
export const stage = z
  .enum(stages)
  .describe(
    'intake: eerste opvang en signalering; reflection: bedenktijd; decision: keuze van het vervolg; permitApplication: aanvraag verblijfsvergunning; ' +
      'permit: verblijfsvergunning op tijdelijke humanitaire gronden; safeReturn: vrijwillige terugkeer; aftercare: nazorg; assistance: hulp zonder verblijfsregeling; ' +
      'otherProcedure: andere verblijfsprocedure; contactLost: met onbekende bestemming vertrokken (MOB); closed: gesloten',
  );
