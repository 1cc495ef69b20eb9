import { parse } from 'yaml';
import { read } from './documents';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<'summary' | 'description' | 'runbook', string>>;
}

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly targets: readonly { readonly expr: string }[];
}

/** One number of a page of metrics. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export function alertsFile(): unknown {
  return parse(read('deploy/alerts.yaml'));
}

export function alerts(): readonly Rule[] {
  return (alertsFile() as { readonly groups: readonly { readonly rules: readonly Rule[] }[] }).groups.flatMap(({ rules }) => rules);
}

/** The panels with numbers. */
export function panels(): readonly Panel[] {
  const { panels: all } = JSON.parse(read('deploy/grafana.json')) as { readonly panels: readonly Panel[] };
  return all.filter(({ type }) => type !== 'row');
}

/** The metrics that an expression names, a histogram by its own name. */
export function namedMetrics(expression: string): readonly string[] {
  return [...expression.matchAll(/\b(pathways|temporal)_\w+/g)].map(([name]) => histogramOf(name));
}

/** The samples of a page. */
export function samplesIn(page: string): readonly Sample[] {
  return [...page.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', text = '']) => [label, text])),
    value: Number(value),
  }));
}

/** The metrics that a page serves, with their kinds. */
export function servedMetrics(page: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...page.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', kind = '']) => [name, kind]));
}

export function histogramOf(sample: string): string {
  return sample.replace(/_(bucket|sum|count)$/, '');
}
