import { metersOn, type Meters } from '../metrics/meters';
import type { MetricsPlace } from '../settings/metricsVariables';
import type { Closing } from './closing';

/** The meters of an API alone; undefined where nobody asks for metrics. The core of the SDK, which is large, is loaded for them alone. */
export async function openMeters(metrics: MetricsPlace | undefined, closing: Closing): Promise<Meters | undefined> {
  if (metrics === undefined) return undefined;
  const { installRuntime, runtimeMeter } = await import('./runtime.js');
  closing.later(installRuntime({ metrics }));
  return metersOn(runtimeMeter(), 'api');
}
