import { installations, killGroup, npmStart, type Running, type Settings, start, token } from './service';
import { until } from '../support/until';

describe('a mail that is due while the service is stopped', () => {
  it.each([
    ['by Ctrl-C', start, ({ child }: Running) => child.kill('SIGINT')],
    ['by kill -9 of its process alone', start, ({ child }: Running) => child.kill('SIGKILL')],
    ['by kill -9 of its whole group', npmStart, killGroup],
  ])('arrives once after the next start, if the service was stopped %s', async (_, run, stop) => {
    const first = begin(run(settings));
    await first.ready();
    await openCase();
    stop(first);
    await first.gone;

    const second = begin(start(settings));
    await second.ready();
    await until('each of the three with a task has a mail', async () => new Set(await recipients()).size === 3);
    second.child.kill('SIGTERM');
    await second.ended;

    await begin(start(settings)).ready();
    expect((await recipients()).sort()).toEqual(['care-coordinator-1@example.org', 'caseworker-1@example.org', 'police-1@example.org']);
  });
});

async function openCase(): Promise<void> {
  const bearer = (await begin(token(settings, 'caseworker-1')).ended).stdout.trim();
  const answer = await fetch(`http://localhost:${settings.API_PORT}/v1/pathways`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${bearer}`, 'Idempotency-Key': 'the-only-case', 'Content-Type': 'application/json' },
    body: JSON.stringify({
      indication: { observedOn: '2026-01-02', by: 'police' },
      office: 'amsterdam',
      person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'XX' },
    }),
  });
  expect(answer.status).toBe(201);
}

/** The recipients of mails. Each mail counts once by its Message-ID. */
async function recipients(): Promise<string[]> {
  const answer = await fetch(`http://localhost:${settings.MAIL_UI_PORT}/api/email`);
  const mails = (await answer.json()) as { headers: Record<string, string>; to: { address: string }[] }[];
  return [...new Map(mails.map(({ headers, to }) => [headers['message-id'], to[0]?.address ?? ''])).values()];
}

let settings: Settings;
const { begin } = installations((made) => ({ settings } = made));
