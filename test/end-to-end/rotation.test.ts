import { readFile } from 'node:fs/promises';
import { keyFiles, newKey, readMasterKeys, readSystemKey, replaceMasterKeys } from '../../src/privacy/keyFiles';
import { localMasterKey } from '../../src/privacy/masterKey';
import { openDatabase, testMasterKey } from './database';
import { installations, keysRewrap, keysRotate, start, token, type Running, type Settings } from './service';

describe('npm run keys:rotate', () => {
  it('puts a new master key in place of the old while cases run, and they go on, also after a restart', async () => {
    const service = begin(start(settings));
    await service.ready();
    const before = await opened('before');
    const [old] = readMasterKeys(dataDir);
    const systemKey = readSystemKey(dataDir);

    // A rotation that was stopped halfway: its key is in the file, and the other still opens the cases.
    const halfway = newKey();
    await replaceMasterKeys(dataDir, [halfway, old]);
    const during = await opened('during');
    const { code, stdout } = await begin(keysRotate(settings)).ended;
    const [id, oldId] = [halfway, old].map((key) => localMasterKey(key).id);
    expect([code, stdout]).toEqual([0, `2 keys of cases are under the master key ${id}\nthe master key ${oldId} opens nothing any more\n`]);

    expect((await begin(keysRotate(settings)).ended).code).toBe(0);
    const after = await opened('after');
    expect(readMasterKeys(dataDir)).toHaveLength(1);
    expect((await readFile(keyFiles(dataDir).masters, 'utf8')).includes(halfway.toString('base64'))).toBe(false);
    expect(readSystemKey(dataDir)).toEqual(systemKey);

    await stop(service);
    await begin(start(settings)).ready();
    for (const reference of [before, during, after]) expect(await sent(`/${reference}`)).toMatchObject({ reference, stage: 'intake' });
  });

  it('needs a running service, and says so in one line', async () => {
    const { code, stderr } = await begin(keysRotate(settings)).ended;
    expect([code, stderr]).toEqual([1, `no service runs on ${dataDir}: start it with npm start, and rotate its keys meanwhile\n`]);
  });

  async function opened(key: string): Promise<string> {
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
    const person = { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'XX' };
    const { reference } = await sent('', { key, body: { indication: { observedOn: today, by: 'police' }, office: 'amsterdam', person } });
    return reference ?? '';
  }

  async function sent(path: string, post?: { readonly key: string; readonly body: object }): Promise<Record<string, string>> {
    const bearer = (await begin(token(settings, 'caseworker-1')).ended).stdout.trim();
    const answer = await fetch(`http://localhost:${settings.API_PORT}/v1/pathways${path}`, {
      headers: { Authorization: `Bearer ${bearer}`, 'Idempotency-Key': post?.key ?? '', 'Content-Type': 'application/json' },
      ...(post === undefined ? {} : { method: 'POST', body: JSON.stringify(post.body) }),
    });
    return (await answer.json()) as Record<string, string>;
  }

  let settings: Settings;
  let dataDir: string;
  const { begin } = installations((made) => ({ settings, dataDir } = made));
});

describe('npm run keys:rewrap', () => {
  it('lets the first of MASTER_KEYS take over, and names the key that opens nothing any more', async () => {
    const database = await openDatabase();
    for (const reference of ['BT-1', 'BT-2']) await database.seals.keys.make(reference, 'amsterdam');
    const first = newKey();
    const both = `${first.toString('base64')},${database.variables.MASTER_KEYS}`;
    const [id, old] = [first, testMasterKey].map((key) => localMasterKey(key).id);
    const words = `2 keys of cases are under the master key ${id}\nthe master key ${old} opens nothing any more\n`;
    // It may run again.
    for (let times = 0; times < 2; times += 1)
      expect(await keysRewrap({ ...database.variables, MASTER_KEYS: both }).ended).toMatchObject({ code: 0, stdout: words });
    expect(await database.store.caseKeys.masterKeysInUse()).toEqual([id]);

    const without = await keysRewrap({ ...database.variables, MASTER_KEYS: newKey().toString('base64') }).ended;
    const left = 'open under none of these master keys, so no master key may go: look for the one that opens them';
    expect(without).toMatchObject({ code: 1, stdout: '', stderr: `2 keys of cases ${left}\n` });
    await database.stop();
  });
});

async function stop(service: Running): Promise<void> {
  service.child.kill('SIGTERM');
  await service.ended;
}
