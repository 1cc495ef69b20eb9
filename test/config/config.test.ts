import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  apiConfig,
  doorConfig,
  embeddedConfig,
  rehearsalConfig,
  releaseConfig,
  webhookSecret,
  workerConfig,
} from '../../src/settings/environment';
import { localMasterKey } from '../../src/privacy/masterKey';
import { ConfigError } from '../../src/settings/configError';
import { loadPartners } from '../../src/settings/partnersFile';
import { loadStaff } from '../../src/settings/staffFile';

const production = {
  TEMPORAL_ADDRESS: 'temporal:7233',
  TEMPORAL_NAMESPACE: 'pathways',
  DATABASE_URL: 'postgres://api:word@database:5432/pathways',
  MASTER_KEYS: keyOf(2),
  SYSTEM_KEY: keyOf(1),
  STAFF_FILE: '/run/config/staff.json',
  PARTNERS_FILE: '/run/config/partners.json',
  PUBLIC_URL: 'https://cases.example.org',
  OIDC_ISSUER: 'https://login.example.org',
  OIDC_AUDIENCE: 'pathways',
  SMTP_URL: 'smtp://mail:25',
  MAIL_FROM: 'pathways@example.org',
  OIDC_CLIENT_ID: 'door',
  OIDC_CLIENT_SECRET: 'a secret',
  TEMPORAL_UI_URL: 'https://temporal.example.org/',
  TEMPORAL_UI_ADDRESS: 'http://temporal-ui:8080',
};

describe('the settings of npm start', () => {
  it('need no variable at all', () => {
    expect(embeddedConfig({}).ports).toEqual({
      API_PORT: 3000,
      TEMPORAL_PORT: 7233,
      TEMPORAL_UI_PORT: 8233,
      SMTP_PORT: 1025,
      MAIL_UI_PORT: 1080,
      ISSUER_PORT: 3001,
    });
  });

  it('treat an empty variable as missing', () => {
    expect(embeddedConfig({ API_PORT: '', POLICY_EDITION: ' ' })).toEqual(embeddedConfig({}));
  });

  it.each([
    [{ API_PORT: '0' }, 'API_PORT: a port lies between 1 and 65535'],
    [{ API_PORT: '70000' }, 'API_PORT: a port lies between 1 and 65535'],
    [{ SMTP_PORT: '10.5' }, 'SMTP_PORT: a port is a number'],
    [{ SMTP_PORT: '3000' }, 'SMTP_PORT: the same port as API_PORT'],
    [{ METRICS_PORT: '3000' }, 'METRICS_PORT: the same port as API_PORT'],
    [{ METRICS_PORT: 'loopback' }, 'METRICS_PORT: a port is a number'],
    [{ PUBLIC_URL: 'cases' }, 'PUBLIC_URL: a web address such as https://cases.example.org'],
    [{ API_PORT: 'x', SMTP_PORT: 'y' }, 'API_PORT: a port is a number; SMTP_PORT: a port is a number'],
  ])('report each fault of %j', (env, faults) => {
    expect(() => embeddedConfig(env)).toThrow(faults);
  });
});

describe('the settings of a release', () => {
  const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, MASTER_KEYS, SYSTEM_KEY, DATABASE_URL } = production;
  const place = { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE };
  const reading = { ...place, MASTER_KEYS, SYSTEM_KEY, DATABASE_URL };

  it('need no key and no database, since it reads no case', () => {
    expect(releaseConfig({ ...place, WORKFLOWS_DIR: '/kept' })).toEqual({
      temporal: { address: 'temporal:7233', namespace: 'pathways' },
      workflowsDir: '/kept',
    });
  });

  it('name the builds that the image brings along, unless WORKFLOWS_DIR names others', () => {
    expect(releaseConfig(place).workflowsDir).toMatch(/workflows$/);
  });

  it.each(Object.keys(reading))('of a rehearsal are refused without %s', (variable) => {
    expect(rehearsalConfig(undefined, reading)).toMatchObject({ database: { url: DATABASE_URL } });
    expect(() => rehearsalConfig(undefined, { ...reading, [variable]: undefined })).toThrow(new RegExp(`^${variable}: is required`));
  });

  it('of a rehearsal take the server from the command line first', () => {
    expect(rehearsalConfig('other:7233', reading).temporal.address).toBe('other:7233');
    expect(rehearsalConfig('other:7233', { ...reading, TEMPORAL_ADDRESS: undefined }).temporal.address).toBe('other:7233');
    expect(() => rehearsalConfig('nowhere', reading)).toThrow('TEMPORAL_ADDRESS: host:port of Temporal');
  });
});

describe('the settings of production', () => {
  it('are complete with these variables', () => {
    expect(apiConfig(production)).toMatchObject({ port: 3000, temporal: { address: 'temporal:7233', namespace: 'pathways' } });
    expect(workerConfig(production)).toMatchObject({ smtp: { smtpUrl: 'smtp://mail:25', from: 'pathways@example.org', plain: false } });
  });

  it.each([embeddedConfig, apiConfig, workerConfig])('serve metrics only where a port is named, on loopback unless told', (config) => {
    expect(config(production).metrics).toBeUndefined();
    expect(config({ ...production, METRICS_PORT: '9464' }).metrics).toEqual({ host: '127.0.0.1', port: 9464 });
  });

  it('let the metrics of production be served at another address of the machine, and those of npm start never', () => {
    const named = { ...production, METRICS_PORT: '9464', METRICS_HOST: '::' };
    expect([apiConfig(named), workerConfig(named), embeddedConfig(named)].map(({ metrics }) => metrics?.host)).toEqual([
      '::',
      '::',
      '127.0.0.1',
    ]);
    expect(() => apiConfig({ ...named, METRICS_HOST: 'everywhere' })).toThrow('METRICS_HOST: an IP address of this machine');
  });

  it('let mail travel in clear only if SMTP_PLAIN allows it', () => {
    expect(workerConfig({ ...production, SMTP_PLAIN: 'true' }).smtp.plain).toBe(true);
    expect(() => workerConfig({ ...production, SMTP_PLAIN: 'yes' })).toThrow('SMTP_PLAIN: false, or true if');
  });

  it.each([
    'smtp://mail:25?ignoreTLS=true',
    'smtp://mail:25/?tls.rejectUnauthorized=false',
    'smtp://mail:25/x',
    'smtp://mail:25#x',
    'smtp://user:50%@mail',
  ])('accept only name, password, host and port of a mail server: not %s', (url) => {
    expect(() => workerConfig({ ...production, SMTP_URL: url })).toThrow(/^SMTP_URL: a name, a password, a host and a port/);
  });

  it.each([
    'TEMPORAL_ADDRESS',
    'TEMPORAL_NAMESPACE',
    'DATABASE_URL',
    'MASTER_KEYS',
    'SYSTEM_KEY',
    'STAFF_FILE',
    'PUBLIC_URL',
    'OIDC_ISSUER',
    'OIDC_AUDIENCE',
  ])('are refused without %s', (variable) => {
    expect(() => apiConfig({ ...production, [variable]: undefined })).toThrow(new RegExp(`^${variable}: is required`));
  });

  it.each(['PUBLIC_URL', 'PARTNERS_FILE', 'SMTP_URL', 'MAIL_FROM'])('of a worker are refused without %s', (variable) => {
    expect(() => workerConfig({ ...production, [variable]: undefined })).toThrow(new RegExp(`^${variable}: is required`));
  });

  it('of the door are complete without what only the API and the worker use', () => {
    const { PUBLIC_URL: _url, PARTNERS_FILE: _partners, SMTP_URL: _smtp, MAIL_FROM: _from, ...ofDoor } = production;
    expect(doorConfig(ofDoor)).toMatchObject({
      port: 8233,
      client: { clientId: 'door', clientSecret: 'a secret', scope: 'openid' },
      ui: new URL('http://temporal-ui:8080'),
      publicUrl: 'https://temporal.example.org',
    });
  });

  it.each(['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ISSUER', 'TEMPORAL_UI_URL', 'TEMPORAL_UI_ADDRESS'])(
    'of the door are refused without %s',
    (variable) => {
      expect(() => doorConfig({ ...production, [variable]: undefined })).toThrow(new RegExp(`^${variable}: is required`));
    },
  );

  it('of the door are refused if people would reach it without TLS', () => {
    expect(() => doorConfig({ ...production, TEMPORAL_UI_URL: 'http://temporal.example.org' })).toThrow('TEMPORAL_UI_URL: is required');
  });

  it('trust no proxy, but those that are named', () => {
    for (const config of [apiConfig, doorConfig]) {
      expect(config(production).trustedProxies).toEqual([]);
      const TRUSTED_PROXIES = '10.0.0.7, 192.168.4.0/24,fd00::/8, ::1';
      expect(config({ ...production, TRUSTED_PROXIES }).trustedProxies).toEqual(['10.0.0.7', '192.168.4.0/24', 'fd00::/8', '::1']);
    }
  });

  it.each([
    'proxy',
    'true',
    '1',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.7,',
    '10.0.0.7 10.0.0.8',
    '0.0.0.0/0',
    '::/0',
    'fd00::/129',
    '64:ff9b::1.2.3.4',
  ])('are refused with proxies that are none: %s', (TRUSTED_PROXIES) => {
    const line = 'TRUSTED_PROXIES: addresses or subnets such as 10.0.0.0/8, with a comma between';
    for (const config of [apiConfig, doorConfig]) expect(() => config({ ...production, TRUSTED_PROXIES })).toThrow(new ConfigError(line));
  });

  it('are refused with the embedded issuer', () => {
    expect(() => apiConfig({ ...production, OIDC_ISSUER: 'http://127.0.0.1:3001' })).toThrow('the embedded issuer is for npm start only');
  });

  it('name the new variable if the key is given under its old name', () => {
    const { SYSTEM_KEY, ...others } = production;
    const line = 'CASE_KEY is called SYSTEM_KEY now: give the same key under that name';
    for (const config of [apiConfig, workerConfig]) {
      expect(() => config({ ...others, CASE_KEY: SYSTEM_KEY })).toThrow(new ConfigError(line));
      expect(() => config({ ...production, CASE_KEY: SYSTEM_KEY })).toThrow(new ConfigError(line));
      expect(() => config({ ...production, CASE_KEY: ' ' })).not.toThrow();
    }
  });

  it.each([
    ['SYSTEM_KEY', 'AAAA', 'a key is 32 bytes in base64'],
    ['MASTER_KEYS', `${keyOf(1)},AAAA`, 'a key is 32 bytes in base64'],
    ['MASTER_KEYS', `${keyOf(1)},`, 'a key is 32 bytes in base64'],
    ['MASTER_KEYS', `${keyOf(1)}, ${keyOf(2)}, ${keyOf(1)}`, 'the same key is there twice'],
  ])('are refused with a key that is none: %s %s', (variable, value, fault) => {
    expect(() => apiConfig({ ...production, [variable]: value })).toThrow(new ConfigError(`${variable}: ${fault}`));
  });

  it('have the master keys in order: the first wraps, and all open', async () => {
    const { masterKeys } = apiConfig({ ...production, MASTER_KEYS: `${keyOf(1)},${keyOf(2)}` }).keys;
    const [first, second] = [localMasterKey(Buffer.alloc(32, 1)), localMasterKey(Buffer.alloc(32, 2))];
    expect((await masterKeys.first()).id).toBe(first.id);
    expect((await masterKeys.withId(second.id))?.id).toBe(second.id);
    expect(await masterKeys.withId('another')).toBeUndefined();
  });

  it.each(['MASTER_KEYS', 'SYSTEM_KEY', 'DATABASE_URL', 'OIDC_CLIENT_SECRET'] as const)('may have %s in a file', (variable) => {
    const file = fileWith(production[variable]);
    const inFile = { ...production, [variable]: undefined, [`${variable}_FILE`]: file };
    expect(() => doorConfig(inFile)).not.toThrow();
    expect(() => doorConfig({ ...production, [`${variable}_FILE`]: file })).toThrow(`${variable} and ${variable}_FILE are both given`);
    expect(() => doorConfig({ ...inFile, [`${variable}_FILE`]: '/nowhere' })).toThrow(`${variable}_FILE: /nowhere cannot be read (ENOENT)`);
  });
});

describe('the secret of a webhook', () => {
  it.each([24, 32, 64])('may be any %i random bytes in base64, with or without whsec_ before them', (bytes) => {
    const base64 = Buffer.alloc(bytes, 251).toString('base64');
    expect(webhookSecret('IND_WEBHOOK_SECRET', { IND_WEBHOOK_SECRET: `whsec_${base64}` })).toBe(`whsec_${base64}`);
    expect(webhookSecret('IND_WEBHOOK_SECRET', { IND_WEBHOOK_SECRET: `${base64}\n` })).toBe(base64);
  });

  it.each([
    ['is not there', undefined, 'is required: the secret that notices to a partner are signed with'],
    ['is empty', ' ', 'is required: the secret that notices to a partner are signed with'],
    ['is too short to be safe', `whsec_${Buffer.alloc(23, 1).toString('base64')}`, '24 to 64 random bytes in base64, after whsec_'],
    ['is longer than receivers take', Buffer.alloc(65, 1).toString('base64'), '24 to 64 random bytes in base64, after whsec_'],
    ['is no base64', 'a secret of more than twenty-four letters', '24 to 64 random bytes in base64, after whsec_'],
    ['is base64 for addresses', Buffer.alloc(33, 255).toString('base64url'), '24 to 64 random bytes in base64, after whsec_'],
  ])('is refused by the name of its variable, and never shown, if it %s', (_, secret, fault) => {
    const refused = () => webhookSecret('IND_WEBHOOK_SECRET', { IND_WEBHOOK_SECRET: secret });
    expect(refused).toThrow(new ConfigError(`IND_WEBHOOK_SECRET: ${fault}`));
  });
});

describe('the files of staff and partners', () => {
  it('exist for the demo', () => {
    const { staffFile, partnersFile } = embeddedConfig({});
    expect(loadStaff(staffFile).staff.find(({ id }) => id === 'caseworker-1')).toMatchObject({
      deputy: 'caseworker-2',
      office: 'amsterdam',
    });
    expect(loadPartners(partnersFile, webhookSecret).partners.map(({ id }) => id)).toEqual([
      'iom',
      'ind',
      'nidos',
      'dtv',
      'youthCare',
      'comensha',
    ]);
  });

  it('are refused with all their faults on one line', () => {
    const anna = { id: 'anna', email: 'anna', roles: ['caseworker', 'cook'], language: 'de', phone: '1' };
    const refused = () => loadStaff(fileWith({ staff: [anna], offices: [{ id: 'amsterdam', dutyDesk: 'desk@example.org' }] }));
    expect(refused).toThrow(/^STAFF_FILE .*staff\.0\.email.*staff\.0\.roles\.1.*staff\.0\.language.*phone.*operations/);
    expect(refused).not.toThrow(/\n/);
  });

  it('are refused if they use a name that is missing or used twice', () => {
    const anna = { id: 'anna', email: 'anna@example.org', roles: ['caseworker'], language: 'nl', office: 'utrecht', deputy: 'bert' };
    const file = { staff: [anna, anna], offices: [{ id: 'amsterdam', dutyDesk: 'desk@example.org' }], operations: 'o@example.org' };
    const refused = () => loadStaff(fileWith(file));
    expect(refused).toThrow('anna is listed twice');
    expect(refused).toThrow('there is no office utrecht');
    expect(refused).toThrow('there is no staff member bert');
    expect(refused).toThrow('amsterdam has no supervisor');
  });

  it('are refused if a person with an office role has no office, since they would see every office', () => {
    const { staffFile } = embeddedConfig({});
    const { staff, ...rest } = loadStaff(staffFile);
    const without = (id: string, roles: readonly string[]) => ({ staff: [...staff, { ...member, id, roles }], ...rest });
    const member = { email: 'anna@example.org', language: 'nl' };
    const at = staff.length;
    const fault = `STAFF_FILE ${join(dir, 'file.json')}: staff.${at}.office: is required: only national roles have none`;
    for (const roles of [['caseworker'], ['police'], ['kmar', 'police'], ['lawyer', 'ind']])
      expect(() => loadStaff(fileWith(without('anna', roles)))).toThrow(new ConfigError(fault));
    for (const roles of [['kmar'], ['ind', 'prosecution'], ['auditor']])
      expect(loadStaff(fileWith(without('anna', roles))).staff).toHaveLength(at + 1);
  });

  it('are refused if the police deputise for a colleague, whose mail is also of cases that are hidden from them', () => {
    const { staff, ...rest } = loadStaff(embeddedConfig({}).staffFile);
    const deputised = (id: string, deputy: string) => () =>
      loadStaff(fileWith({ staff: staff.map((each) => (each.id === id ? { ...each, deputy } : each)), ...rest }));
    for (const deputy of ['police-1', 'prosecution-1', 'inspector-1'])
      expect(deputised('caseworker-1', deputy)).toThrow(/staff\.\d+\.deputy: may not read cases that are hidden/);
    expect(deputised('police-1', 'prosecution-1')).not.toThrow();
    expect(deputised('caseworker-1', 'allround-1')).not.toThrow();
  });

  it('are refused if they are missing or not JSON', () => {
    expect(() => loadStaff('/nowhere.json')).toThrow('STAFF_FILE /nowhere.json: cannot be read (ENOENT)');
    expect(() => loadPartners(fileWith('{'), webhookSecret)).toThrow(/^PARTNERS_FILE .*: not JSON/);
  });
});

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'files-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

function keyOf(byte: number): string {
  return Buffer.alloc(32, byte).toString('base64');
}

function fileWith(content: unknown): string {
  const file = join(dir, 'file.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
