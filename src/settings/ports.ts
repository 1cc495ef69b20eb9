import { z } from 'zod';

/** A port as a variable gives it. */
export const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'a port is a number')
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65535, 'a port lies between 1 and 65535');

const port = (fallback: number) => portNumber.default(fallback);

/** The ports of a machine on which the service listens, each with the variable that sets it. */
export const ports = {
  API_PORT: port(3000),
  TEMPORAL_PORT: port(7233),
  TEMPORAL_UI_PORT: port(8233),
  SMTP_PORT: port(1025),
  MAIL_UI_PORT: port(1080),
  ISSUER_PORT: port(3001),
};

export type PortVariable = keyof typeof ports;
