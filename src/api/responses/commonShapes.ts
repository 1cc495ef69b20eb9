/* Shapes of values that many answers have. */

import { z } from 'zod';

export const date = z.iso.date().describe('A legal date; it lasts until 24:00 in Amsterdam.');
export const instant = z.iso.datetime().describe('An instant, in UTC.');
export const reference = z.string().describe('Opaque; tells nothing of the person.');
/** A sentence in both languages. */
export const words = z.object({ nl: z.string(), en: z.string() });
