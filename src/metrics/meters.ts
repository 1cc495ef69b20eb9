import type { MetricMeter, MetricTags } from '@temporalio/common';
import { definitionOf, metricNames, type LabelsOf, type MetricName, type Part } from './catalogue';

/** Where the service measures itself. */
export interface Meters {
  /** Adds to a counter, sets a gauge, or records one more value of a histogram. */
  readonly measure: <Name extends MetricName>(name: Name, value: number, labels: LabelsOf<Name> & Readonly<Record<string, string>>) => void;
}

/** For processes that nobody asks for metrics. */
export const noMeters: Meters = { measure: () => undefined };

/** The metrics of these parts on a meter of the SDK, which serves its own metrics in the same place. */
export function metersOn(meter: MetricMeter, ...parts: readonly Part[]): Meters {
  const names = metricNames.filter((name) => parts.includes(definitionOf(name).by));
  const instruments = new Map(names.map((name) => [name, instrumentOn(meter, name)]));
  // An alarm on growth sees the first step of a counter only if its zero was there before.
  for (const name of names)
    if (definitionOf(name).kind === 'counter') for (const labels of everyLabelOf(name)) instruments.get(name)?.(0, labels);
  return { measure: (name, value, labels) => instruments.get(name)?.(value, labels) };
}

/** The bounds of our histograms, by name. */
export const bucketsByName = Object.fromEntries(
  metricNames.flatMap((name) => {
    const { buckets } = definitionOf(name);
    return buckets === undefined ? [] : [[name, [...buckets]]];
  }),
);

/** Every combination of the values that the labels of a metric may have. */
function everyLabelOf(name: MetricName): readonly MetricTags[] {
  return Object.entries(definitionOf(name).labels).reduce<readonly MetricTags[]>(
    (made, [label, values]) => (values === 'office' ? [] : made.flatMap((tags) => values.map((value) => ({ ...tags, [label]: value })))),
    [{}],
  );
}

function instrumentOn(meter: MetricMeter, name: MetricName): (value: number, labels: MetricTags) => void {
  const { kind, help } = definitionOf(name);
  switch (kind) {
    case 'counter': {
      const counter = meter.createCounter(name, undefined, help);
      return (value, labels) => counter.add(value, labels);
    }
    case 'gauge': {
      const gauge = meter.createGauge(name, 'float', undefined, help);
      return (value, labels) => gauge.set(value, labels);
    }
    case 'histogram': {
      const histogram = meter.createHistogram(name, 'float', undefined, help);
      return (value, labels) => histogram.record(value, labels);
    }
  }
}
