import { z } from 'zod';

/** The requests that one caller may send in a minute. */
export const requestsPerMinute = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'a number of requests, 1 or more')
  .default('600')
  .transform(Number);
