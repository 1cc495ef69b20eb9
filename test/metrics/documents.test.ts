import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { definitionOf, metricNames, type MetricName } from '../../src/metrics/catalogue';
import { alerts, alertsFile, namedMetrics, panels } from '../support/metrics';
import { anchorsIn, read, root } from '../support/documents';

describe('the table of metrics in docs/operations.md', () => {
  it('is the catalogue, word for word', () => {
    const rows = [...read('docs/operations.md').matchAll(/^\| `pathways_\w+` \| (?:counter|gauge|histogram) \|.*$/gm)].map(([row]) => row);
    expect(rows).toEqual(metricNames.map(rowOf));
  });
});

describe('the labels', () => {
  it('are these alone, and each has few values: none can name a case or a person', () => {
    const labels = metricNames.flatMap((name) => Object.entries(definitionOf(name).labels));
    const names = ['command', 'office', 'outcome', 'part', 'result', 'since', 'source', 'stage', 'state', 'touched', 'what'];
    expect([...new Set(labels.map(([label]) => label))].sort()).toEqual(names);
    expect(labels.filter(([label, values]) => (label === 'office') !== (values === 'office'))).toEqual([]);
    expect(Math.max(...labels.map(([, values]) => (values === 'office' ? 0 : values.length)))).toBeLessThan(15);
  });
});

describe('deploy/alerts.yaml', () => {
  it('is what Prometheus reads', () => {
    expect(() => ruleFile.parse(alertsFile())).not.toThrow();
    if (hasPromtool()) execFileSync('promtool', ['check', 'rules', join(root, 'deploy/alerts.yaml')]);
  });

  it.each(alerts().map((rule) => [rule.alert, rule] as const))(
    '%s names what to do, under a heading that says more',
    (_, { annotations }) => {
      expect(annotations.description.split(' ').length).toBeGreaterThan(5);
      const [file, anchor] = annotations.runbook.split('#');
      expect(anchorsIn(read(file ?? ''))).toContain(anchor);
    },
  );

  it('names each of our metrics that can tell of a fault', () => {
    const onlyShown = [
      'pathways_open_cases',
      'pathways_unreached_recipients',
      'pathways_register_waiting_cases',
      'pathways_comparison_cases',
    ];
    const counts = ['pathways_writes_taken_over_total', 'pathways_mail_orders_waiting', 'pathways_delivery_wait_seconds'];
    const named = new Set(alerts().flatMap(({ expr }) => namedMetrics(expr)));
    expect(metricNames.filter((name) => !named.has(name)).toSorted()).toEqual([...onlyShown, ...counts].toSorted());
  });
});

describe('deploy/grafana.json', () => {
  it('shows each of our metrics', () => {
    const shown = panels().flatMap(({ targets }) => targets.flatMap(({ expr }) => namedMetrics(expr)));
    expect(metricNames.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('says of each panel what it shows, and lays none over another', () => {
    expect(panels().filter(({ title, description }) => title.length < 5 || description.length < 10)).toEqual([]);
    const cells = panels().flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, place) => `${x + (place % w)}/${y + Math.floor(place / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...panels().map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24);
  });
});

function rowOf(name: MetricName): string {
  const { kind, labels, by, help } = definitionOf(name);
  const each = Object.entries(labels).map(([label, values]) => (values === 'office' ? '`office`' : `\`${label}\`: ${values.join(', ')}`));
  return `| \`${name}\` | ${kind} | ${each.join('; ') || '-'} | ${by === 'api' ? 'API' : 'worker'} | ${help} |`;
}

function hasPromtool(): boolean {
  return spawnSync('promtool', ['--version']).error === undefined;
}

/** The format of Prometheus, as far as our rules use it. */
const duration = z.string().regex(/^\d+[smhd]$/);
const expression = z
  .string()
  .refine((text) => {
    const opened = [...text.matchAll(/[({[]/g)].length;
    return opened > 0 && opened === [...text.matchAll(/[)}\]]/g)].length;
  }, 'every bracket is closed')
  .refine((text) => namedMetrics(text).length > 0, 'a metric is named');
const ruleFile = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        name: z.string(),
        rules: z
          .array(
            z.strictObject({
              alert: z.string().regex(/^Pathways[A-Za-z]+$/),
              expr: expression,
              for: duration.optional(),
              labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
              annotations: z.strictObject({
                summary: z.string(),
                description: z.string(),
                runbook: z.string().regex(/^docs\/[a-z]+\.md#[a-z0-9-]+$/),
              }),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});
