import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { keepFormat } from '../../src/commands/dataFormat';
import {
  installations,
  isListening,
  killGroup,
  listening,
  npmStart,
  type Settings,
  settingsFor,
  start,
  temporalOn,
  token,
} from './service';
import { until } from '../support/until';

describe('npm start', () => {
  it('prints one block, gives tokens, refuses a second process on its data, and ends at Ctrl-C', async () => {
    const service = begin(start(settings));
    const block = await service.ready();
    for (const variable of ['API_PORT', 'TEMPORAL_UI_PORT', 'MAIL_UI_PORT'] as const)
      expect(block).toContain(`http://localhost:${settings[variable]}`);

    // A client refuses an issuer whose name differs from the requested address (OpenID Connect Discovery, 4.3).
    const login = /login +(\S+)/.exec(block)?.[1] ?? '';
    const discovered = (await (await fetch(`${login}/.well-known/openid-configuration`)).json()) as Record<string, string>;
    expect(discovered).toMatchObject({
      issuer: login,
      token_endpoint: `${login}/token`,
      jwks_uri: expect.stringContaining(login) as string,
    });

    const given = await begin(token(settings, 'dtv-1')).ended;
    expect(given).toMatchObject({ code: 0, stderr: '' });
    expect(claimsOf(given.stdout)).toMatchObject({
      iss: login,
      aud: 'urn:reflection-period-service',
      sub: 'dtv-1',
      roles: ['partner'],
      partner: 'dtv',
    });

    const second = await begin(start(await settingsFor(dataDir))).ended;
    expect(second).toMatchObject({ code: 1, stderr: expect.stringMatching(/^the data directory \S+ is in use by process \d+; .*\n$/) });

    // The signal comes twice, since npm forwards the signal that the terminal sends us too.
    service.child.kill('SIGINT');
    service.child.kill('SIGINT');
    const headOfAudit = expect.stringMatching(/^[^\n]*"head":"0:0{64}"[^\n]*\n$/);
    expect(await service.ended).toEqual({ code: 0, signal: null, stdout: block, stderr: headOfAudit });
    await expect(listening(settings)).resolves.toEqual([]);
  });

  it('ends cleanly if it has to stop before it is ready', async () => {
    const service = begin(start(settings));
    await until('Temporal listens', () => isListening(settings.TEMPORAL_PORT));
    service.child.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
    await expect(listening(settings)).resolves.toEqual([]);
  });

  it('starts again at once after kill -9 of its process, its group or its npm', async () => {
    const alone = begin(start(settings));
    await alone.ready();
    alone.child.kill('SIGKILL');
    await alone.gone;

    const wholeGroup = begin(npmStart(settings));
    await wholeGroup.ready();
    killGroup(wholeGroup);
    await wholeGroup.gone;

    const npmOnly = begin(npmStart(settings));
    await npmOnly.ready();
    npmOnly.child.kill('SIGKILL');
    await npmOnly.gone;

    await begin(start(settings)).ready();
  });

  it('reports a part that dies, and ends', async () => {
    const service = begin(start(settings));
    await service.ready();
    process.kill(temporalOn(dataDir), 'SIGKILL');
    const ended = await service.ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('the Temporal server has ended, so everything ends');
    await expect(listening(settings)).resolves.toEqual([]);
  });
});

describe('npm start says in one line', () => {
  it('which port is in use, and which variable sets it', async () => {
    const other = createServer().listen(Number(settings.MAIL_UI_PORT), '127.0.0.1');
    await once(other, 'listening');
    const ended = await begin(start(settings)).ended;
    other.close();
    expect(ended).toMatchObject({
      code: 1,
      stderr: `port ${settings.MAIL_UI_PORT} is in use by another program; free it, or set MAIL_UI_PORT\n`,
    });
  });

  it('what is wrong with every variable', async () => {
    const ended = await begin(start({ ...settings, API_PORT: 'three thousand', POLICY_EDITION: 'NL-1999-01' })).ended;
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^API_PORT: a port is a number; POLICY_EDITION: one of .*\n$/),
    });
  });

  it('that there is no Temporal at the given path', async () => {
    const ended = await begin(start({ ...settings, TEMPORAL_CLI_PATH: '/nowhere/temporal' })).ended;
    expect(ended).toMatchObject({ code: 1, stderr: 'TEMPORAL_CLI_PATH: /nowhere/temporal is not an executable file\n' });
  });

  it('that the key of its cases is gone', async () => {
    await keepFormat(dataDir);
    await writeFile(join(dataDir, 'temporal.db'), 'cases');
    const ended = await begin(start(settings)).ended;
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/^\S+system\.key is gone, .*\n$/) });
  });
});

describe('npm run token', () => {
  it('says in one line that a staff member is unknown', async () => {
    const ended = await begin(token(settings, 'nobody-1')).ended;
    expect(ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^there is no staff member nobody-1; there are caseworker-1, .*\n$/),
    });
  });

  it('says in one line that the service does not run', async () => {
    const ended = await begin(token(settings, 'police-1')).ended;
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^npm start never ran on .*\n$/) });
  });
});

let dataDir: string;
let settings: Settings;
const { begin } = installations((made) => ({ dataDir, settings } = made));

function claimsOf(jwt: string): unknown {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
}
