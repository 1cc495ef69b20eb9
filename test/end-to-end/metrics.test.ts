import { createServer } from 'node:http';
import { once } from 'node:events';
import type { LateMoment } from '../../src/domain/views/lateMoment';
import { definitionOf, metricNames } from '../../src/metrics/catalogue';
import { socketOf } from '../../src/settings/databasePlace';
import { openStore } from '../../src/store/store';
import { freePorts } from '../support/freePorts';
import { alerts, histogramOf, namedMetrics, panels, samplesIn, servedMetrics, type Sample } from '../support/metrics';
import { until } from '../support/until';
import { engineOf } from './engineOf';
import { installations, start, startApi, startWorker, token, workerSettings, type Settings } from './service';
import { aWorkplace, type Workplace } from './workplace';

/** Values that occur nowhere else, in what people send. */
const canary = {
  nationality: 'SZ',
  observedOn: '2026-01-02',
  due: '2087-03-13',
  title: 'canary-title-7q3x',
  note: 'canary-note-7q3x',
  key: 'canary-key-7q3x',
};
const opening = {
  indication: { observedOn: canary.observedOn, by: 'police' },
  office: 'amsterdam',
  person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: canary.nationality },
};

describe('the metrics of npm start', () => {
  it('move with what people and cases do, name no case and no person, and are all that the alarms and the dashboard ask for', async () => {
    await begin(start({ ...settings, METRICS_PORT: metricsPort })).ready();
    const [caseworker, police] = await Promise.all(['caseworker-1', 'police-1'].map(tokenOf));
    const before = await samples();
    expect(valueOf(before, 'pathways_reads_total', { source: 'register' })).toBe(0);

    const { reference } = (await (await post('/pathways', opening, caseworker)).json()) as { reference: string };
    const path = `/pathways/${reference}`;
    expect((await post(`${path}/facts`, { type: 'reflectionStarted' }, police)).status).toBe(201);
    const task = { type: 'taskAdded', kind: 'social', due: canary.due, owner: 'caseworker', title: canary.title };
    expect((await post(`${path}/facts`, task, caseworker)).status).toBe(201);
    expect((await post(`${path}/facts`, { type: 'cooperated', form: 'reportSigned' }, police)).status).toBe(201);
    expect((await post(`${path}/facts`, { type: 'contactMissed', note: canary.note }, caseworker)).status).toBe(400);
    expect((await get(path, caseworker)).status).toBe(200);
    await lateMomentOf('BT-LATE-1');
    await keptComparison();

    await until('a mail and a notice are counted, and the open cases are', async () => {
      const now = await samples();
      const delivered = ['pathways_mails_total', 'pathways_notices_total'].map((name) => valueOf(now, name, { outcome: 'delivered' }));
      const cases = valueOf(now, 'pathways_open_cases', { stage: 'permitApplication', office: 'amsterdam' });
      return [...delivered, cases, valueOf(now, 'pathways_comparison_cases', {})].every((value) => value > 0);
    });
    const after = await samples();
    expect(valueOf(after, 'pathways_command_duration_seconds_count', { command: 'open', result: 'done' })).toBe(1);
    expect(valueOf(after, 'pathways_command_duration_seconds_count', { command: 'tell', result: 'done' })).toBeGreaterThan(0);
    expect(valueOf(after, 'pathways_command_duration_seconds_count', { command: 'tell', result: 'refused' })).toBeGreaterThan(0);
    expect(valueOf(after, 'pathways_reads_total', { source: 'register' })).toBeGreaterThan(0);
    expect(valueOf(after, 'pathways_delivery_wait_seconds_count', { what: 'mail' })).toBeGreaterThan(0);
    expect(valueOf(after, 'pathways_late_moment_seconds_sum', { touched: 'deadline' })).toBe(7_800);
    expect(valueOf(after, 'pathways_comparison_differing_cases', {})).toBe(2);
    expect(valueOf(after, 'pathways_part_up', { part: 'database' })).toBe(1);

    const page = await pageAt(metricsPort);
    const served = servedMetrics(page);
    expect(metricNames.filter((name) => served[name] !== definitionOf(name).kind)).toEqual([]);
    const asked = [...alerts(), ...panels().flatMap(({ targets }) => targets)].flatMap(({ expr }) => namedMetrics(expr));
    expect([...new Set(asked)].filter((name) => !(name in served))).toEqual([]);
    expect(labelsOfOurs(after)).toEqual(labelsInCatalogue());
    expect(page).not.toMatch(new RegExp([reference, 'BT-', ...Object.values(canary), 'caseworker-1', 'police-1', 'example.org'].join('|')));
  });

  it('need a port that is free', async () => {
    const other = createServer().listen(Number(metricsPort), '127.0.0.1');
    await once(other, 'listening');
    const { code, stderr } = await begin(start({ ...settings, METRICS_PORT: metricsPort })).ended;
    other.close();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `port ${metricsPort} is in use by another program; free it, or set METRICS_PORT\n`,
    });
  });

  /** A case that has to write into the register that one of its moments came two hours and ten minutes late. */
  async function lateMomentOf(reference: string): Promise<void> {
    const said = { what: ['expiry'], about: ['reflection-period'], deadline: 'reflection-period', mails: 0 };
    const late: LateMoment = { plannedAt: '2026-01-05T08:00:00Z', happenedAt: '2026-01-05T10:10:00Z', said };
    const engine = await engineOf(dataDir, settings);
    try {
      await engine.openLate(reference, [late]);
      await until(
        'the late moment is counted',
        async () => valueOf(await samples(), 'pathways_late_moment_seconds_count', { touched: 'deadline' }) === 1,
      );
    } finally {
      await engine.close();
    }
  }

  async function keptComparison(): Promise<void> {
    const store = openStore({ socket: socketOf(dataDir) ?? '' });
    await store.register.keepComparison({ cases: 40, differing: 2 });
    await store.close();
  }

  async function samples(): Promise<readonly Sample[]> {
    return samplesIn(await pageAt(metricsPort));
  }

  function get(path: string, bearer = ''): Promise<Response> {
    return fetch(`http://127.0.0.1:${settings.API_PORT}/v1${path}`, { headers: { Authorization: `Bearer ${bearer}` } });
  }

  function post(path: string, body: object, bearer = ''): Promise<Response> {
    sent += 1;
    const headers = { Authorization: `Bearer ${bearer}`, 'Idempotency-Key': `${canary.key}-${sent}`, 'Content-Type': 'application/json' };
    return fetch(`http://127.0.0.1:${settings.API_PORT}/v1${path}`, { method: 'POST', body: JSON.stringify(body), headers });
  }

  async function tokenOf(staffId: string): Promise<string> {
    return (await begin(token(settings, staffId)).ended).stdout.trim();
  }

  let sent = 0;
  let dataDir: string;
  let settings: Settings;
  let metricsPort: string;
  const { begin } = installations((made) => ({ settings, dataDir } = made));
  beforeEach(async () => {
    metricsPort = String((await freePorts(1))[0]);
  });
});

describe('a worker and an API in processes of their own', () => {
  it('each serve their own, on loopback', async () => {
    const ports = (await freePorts(3)).map(String);
    const [apiPort = '', ofApi = '', ofWorker = ''] = ports;
    const settings = { ...workerSettings(workplace.temporal, workplace.database, 'smtp://127.0.0.1:1') };
    const running = [
      startWorker({ ...settings, METRICS_PORT: ofWorker }),
      startApi({ ...settings, ...issuer, API_PORT: apiPort, METRICS_PORT: ofApi, METRICS_HOST: '127.0.0.1' }),
    ];
    try {
      await Promise.all(running.map((each) => each.ready()));
      await until('the API has read its numbers', async () => 'pathways_open_cases' in servedMetrics(await pageAt(ofApi)));
      const [api, worker] = [await namesAt(ofApi), await namesAt(ofWorker)];
      expect(api).toEqual(expect.arrayContaining(['pathways_reads_total', 'pathways_part_up']));
      expect(worker).toEqual(expect.arrayContaining(['pathways_mails_total', 'temporal_num_pollers']));
      expect(ours(api).filter((name) => definitionOf(name).by !== 'api')).toEqual([]);
      expect(ours(worker).filter((name) => definitionOf(name).by !== 'worker')).toEqual([]);
      for (const { child } of running) child.kill('SIGTERM');
      expect(await Promise.all(running.map(({ ended }) => ended))).toMatchObject(running.map(() => ({ code: 0, signal: null })));
    } finally {
      for (const { child } of running) child.kill('SIGTERM');
      await Promise.all(running.map(({ ended }) => ended));
    }
  });

  const issuer = { OIDC_ISSUER: 'https://login.example.org', OIDC_AUDIENCE: 'pathways' };
  let workplace: Workplace;
  aWorkplace((made) => (workplace = made));
});

async function pageAt(port: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

async function namesAt(port: string): Promise<readonly string[]> {
  return Object.keys(servedMetrics(await pageAt(port)));
}

function valueOf(samples: readonly Sample[], name: string, labels: Readonly<Record<string, string>>): number {
  const wanted = Object.entries(labels);
  return samples.find((each) => each.name === name && wanted.every(([label, value]) => each.labels[label] === value))?.value ?? 0;
}

function ours(names: readonly string[]) {
  return metricNames.filter((name) => names.includes(name));
}

/** The labels of each of our metrics; a histogram has one more for its buckets. */
function labelsOfOurs(samples: readonly Sample[]): Readonly<Record<string, readonly string[]>> {
  const found = metricNames.map((name) => {
    const [sample] = samples.filter((each) => histogramOf(each.name) === name);
    return [name, Object.keys(sample?.labels ?? {}).filter((label) => label !== 'le')] as const;
  });
  return sorted(found);
}

function labelsInCatalogue(): Readonly<Record<string, readonly string[]>> {
  return sorted(metricNames.map((name) => [name, Object.keys(definitionOf(name).labels)] as const));
}

function sorted(labels: readonly (readonly [string, readonly string[]])[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(labels.map(([name, each]) => [name, each.toSorted()]));
}
