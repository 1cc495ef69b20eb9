import { z } from 'zod';

/** A variable that has no default. `what` tells the person who starts the service what to put into it. */
export const required = (what: string) => z.string({ error: `is required: ${what}` });
