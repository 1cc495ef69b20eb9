import { z } from 'zod';
import { portNumber } from './ports';

/** Where a process serves its metrics, which need no login. */
export const metricsVariables = {
  METRICS_PORT: portNumber.optional(),
  METRICS_HOST: z.union([z.ipv4(), z.ipv6()], { error: 'an IP address of this machine, such as 127.0.0.1' }).default('127.0.0.1'),
};

/** The address at which a process serves its metrics. */
export interface MetricsPlace {
  readonly host: string;
  readonly port: number;
}

/** Undefined: nothing listens. */
export function metricsSettings(values: z.infer<z.ZodObject<typeof metricsVariables>>): MetricsPlace | undefined {
  return values.METRICS_PORT === undefined ? undefined : { host: values.METRICS_HOST, port: values.METRICS_PORT };
}
