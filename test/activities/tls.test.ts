import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { greetingServer } from '../../src/activities/mailServer';
import { patience } from '../../src/activities/patience';
import { startScriptedServer, type ScriptedServer, type Says, type Step } from './scriptedServer';

const here = join(__dirname, 'tls');
const [key, cert] = ['server.key.pem', 'server.pem'].map((name) => readFileSync(join(here, name)));
const authority = join(here, 'authority.pem');

describe('the letters and the password', () => {
  it('travel over TLS if the server starts with it or offers it', async () => {
    const [smtps, starttls] = [await overTls({ secure: true }), await overTls({})];
    const urls = [`smtps://user:secret@localhost:${smtps}`, `smtp://user:secret@localhost:${starttls}`, `smtps://localhost:${smtps}`];
    expect(await send(urls.map((smtpUrl) => ({ smtpUrl })))).toEqual(['delivered', 'delivered', 'delivered']);
    expect(taken).toEqual([
      { secure: true, login: 'user secret' },
      { secure: true, login: 'user secret' },
      { secure: true, login: '' },
    ]);
  });

  it('are not sent to a server whose certificate is not trusted or belongs to another host', async () => {
    const [smtps, starttls] = [await overTls({ secure: true }), await overTls({})];
    const [one, other] = [{ smtpUrl: `smtps://user:secret@localhost:${smtps}` }, { smtpUrl: `smtp://user:secret@localhost:${starttls}` }];
    expect(await send([one, other], { trusting: '' })).toEqual(Array(2).fill('RefusesUs UNABLE_TO_VERIFY_LEAF_SIGNATURE'));
    // The certificate names localhost and 127.0.0.1.
    const elsewhere = [{ smtpUrl: `smtps://user:secret@0.0.0.0:${smtps}` }, { smtpUrl: `smtp://user:secret@0.0.0.0:${starttls}` }];
    expect(await send(elsewhere)).toEqual(Array(2).fill('RefusesUs ERR_TLS_CERT_ALTNAME_INVALID'));
    expect(taken).toEqual([]);
  });

  it.each<[string, Partial<Record<Step, Says>>]>([
    ['does not offer TLS', {}],
    ['does not offer TLS, and offers a login', { EHLO: '250-mx\r\n250 AUTH PLAIN LOGIN' }],
    ['offers TLS and takes it back', { EHLO: '250-mx\r\n250-AUTH PLAIN\r\n250 STARTTLS', STARTTLS: '454 4.7.0 TLS not available' }],
    ['says yes to everything, and speaks no TLS', { EHLO: '250-mx\r\n250 AUTH PLAIN', STARTTLS: '250 ok' }],
    ['knows no EHLO', { EHLO: '502 5.5.1 what?' }],
  ])('are not sent if the server, or an attacker on the network path, %s', async (_, says) => {
    const { port } = await scripted(says);
    const withLogin = `smtp://user:secret@127.0.0.1:${port}`;
    const switchedOff = 'ignoreTLS=true&requireTLS=false&opportunisticTLS=true&secure=false&tls.rejectUnauthorized=false';
    const outcomes = await send([
      { smtpUrl: withLogin },
      { smtpUrl: `${withLogin}?${switchedOff}` },
      { smtpUrl: `${withLogin}/?${switchedOff}` },
    ]);
    expect(outcomes).not.toContain('delivered');
    expect(server.commands.filter((command) => /^(AUTH|MAIL|DATA)/.test(command))).toEqual([]);
  });

  it('travel in clear if the settings allow it', async () => {
    const { port } = await scripted({ EHLO: '250-mx\r\n250 AUTH PLAIN' });
    expect(await send([{ smtpUrl: `smtp://user:secret@127.0.0.1:${port}`, plain: true }])).toEqual(['delivered']);
    expect(server.commands).toContain(`AUTH PLAIN ${Buffer.from('\0user\0secret').toString('base64')}`);
  });

  it.each([
    ['smtp://localhost:25', false],
    ['smtp://127.0.0.1:25', false],
    ['smtp://127.8.9.10:25', false],
    ['smtp://[::1]:25', false],
    ['smtp://mail:25', true],
    ['smtp://10.0.0.5', true],
    ['smtp://127.0.0.1.example.org:25', true],
    ['smtp://localhost.example.org:25', true],
    ['smtp://user:secret@localhost:25', true],
    ['smtp://user@[::1]:25', true],
    ['smtp://localhost:465', false],
  ])('to %s need TLS unless the settings allow clear text: %s', (url, needsTls) => {
    expect(greetingServer(url, false, patience).needsTls).toBe(needsTls);
    expect(greetingServer(url, true, patience).needsTls).toBe(false);
  });

  it('are not sent in clear to another machine, even without a login', async () => {
    const { port } = await scripted({}, '0.0.0.0');
    // An address of this machine outside loopback.
    expect(await send([{ smtpUrl: `smtp://0.0.0.0:${port}` }])).toEqual(['RefusesUs ETLS']);
    expect(await send([{ smtpUrl: `smtp://0.0.0.0:${port}`, plain: true }])).toEqual(['delivered']);
  });
});

const taken: { readonly secure: boolean; readonly login: string }[] = [];
const servers: SMTPServer[] = [];
let server: ScriptedServer;
const scriptedServers: ScriptedServer[] = [];
afterEach(async () => {
  taken.splice(0);
  await Promise.all(servers.splice(0).map((each) => new Promise<void>((resolve) => each.close(resolve))));
  await Promise.all(scriptedServers.splice(0).map((each) => each.stop()));
});

async function scripted(says: Partial<Record<Step, Says>>, host?: string): Promise<ScriptedServer> {
  server = await startScriptedServer(says, host);
  scriptedServers.push(server);
  return server;
}

/** A real mail server that accepts every login, with a certificate of the tests' own authority. Returns its port. */
async function overTls(options: SMTPServerOptions): Promise<number> {
  const mailServer = new SMTPServer({
    ...{ key, cert, authOptional: true, logger: false, closeTimeout: 100, disableReverseLookup: true },
    ...options,
    onAuth: ({ username, password }, _, done) => done(null, { user: `${username ?? ''} ${password ?? ''}` }),
    onData: (stream, { secure, user = '' }, done) => {
      stream.resume().on('end', () => {
        taken.push({ secure, login: user as string });
        done();
      });
    },
  });
  mailServer.on('error', () => undefined);
  servers.push(mailServer);
  mailServer.listen(0, '127.0.0.1');
  await once(mailServer.server, 'listening');
  return (mailServer.server.address() as AddressInfo).port;
}

/** Sends from a separate process that trusts the authority, as in production: Node reads that setting only at its start. */
async function send(
  mailers: readonly { readonly smtpUrl: string; readonly plain?: boolean }[],
  { trusting = authority } = {},
): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', join(here, 'send.ts'), JSON.stringify(mailers)], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: trusting },
  });
  return JSON.parse(stdout) as string[];
}
