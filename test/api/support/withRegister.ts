import { openStore } from '../../../src/store/store';
import { openOnPglite, type TestDatabase } from '../../support/databases';
import { startService, type Service } from './service';

export interface ServiceWithRegister extends Service {
  /** The database of the register. */
  readonly database: TestDatabase;
}

/** The API with a register that is kept in a database, so that lists have cases. */
export async function startWithRegister(options: Parameters<typeof startService>[0] = {}): Promise<ServiceWithRegister> {
  const database = await openOnPglite();
  const store = openStore(database.place);
  const service = await startService({ ...options, registerTable: store.register, listTables: store.lists });
  return {
    ...service,
    database,
    stop: async () => {
      await service.stop();
      await store.close();
      await database.close();
    },
  };
}
