import { migrate, requireReady } from '../../src/store/migrate';
import type { StorePlace } from '../../src/store/connection';
import { openStore } from '../../src/store/store';
import { onEveryEngine } from '../support/databases';

describe('a process', () => {
  onEveryEngine((open) => {
    it('does not start on a database without its tables, and says in one line what to do', async () => {
      const { place } = await open('pathways_owner', { unmigrated: true });
      await expect(ready(place)).rejects.toThrow(/^the database lacks the migration 0001-keys: run npm run migrate first$/);
    });

    it('does not start on a database that lacks the newest migration', async () => {
      const { place, asOwner } = await open();
      await asOwner("delete from pathways.kysely_migration where name = '0004-release'");
      await expect(ready(place)).rejects.toThrow(/^the database lacks the migration 0004-release/);
    });

    it('does not start with a login that may change facts', async () => {
      const { place, asOwner } = await open();
      await expect(ready(place)).resolves.toBeUndefined();
      await asOwner('grant update on pathways.case_fact to pathways_api');
      await expect(ready(place)).rejects.toThrow(/^the login of this process may change or remove facts of cases: .*$/);
    });

    it('does not start with a login that may change the audit', async () => {
      const { place, asOwner } = await open();
      await asOwner('create table if not exists pathways.audit_line (seq bigint)');
      await expect(ready(place)).resolves.toBeUndefined();
      await asOwner('grant delete on pathways.audit_line to pathways_api');
      await expect(ready(place)).rejects.toThrow(/^the login of this process may change or remove lines of the audit: .*$/);
    });
  });

  it('does not start while the database does not answer, and says why in one line', async () => {
    await expect(ready({ url: 'postgres://pathways_api@127.0.0.1:1/pathways' })).rejects.toThrow(
      /^the database does not answer: connect ECONNREFUSED 127\.0\.0\.1:1$/,
    );
  });
});

describe('a migration', () => {
  onEveryEngine((open) => {
    it('runs once, even if two processes start it at the same moment', async () => {
      const { place } = await open('pathways_owner', { unmigrated: true });
      const ran = (await Promise.all([migrate(place), migrate(place)])).flat();
      expect(ran).toEqual([...new Set(ran)]);
      expect(ran).toContain('0001-keys');
      expect(await migrate(place)).toEqual([]);
    });
  });

  it('that reaches no database says so in one line', async () => {
    const refused = migrate({ url: 'postgres://pathways_owner@127.0.0.1:1/pathways' });
    await expect(refused).rejects.toThrow('the database was not migrated: connect ECONNREFUSED 127.0.0.1:1');
  });
});

async function ready(place: StorePlace): Promise<void> {
  const store = openStore(place);
  await requireReady(store).finally(() => store.close());
}
