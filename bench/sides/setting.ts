import type { Client } from '@temporalio/client';
import type { Closing } from '../../src/commands/closing';
import type { PartnersFile } from '../../src/settings/partnersFile';
import type { StaffFile } from '../../src/settings/staffFile';
import type { Login } from './login';

/** The environment that every side gets: the server, and everything around a measurement. */
export interface Setting {
  /** A client with the engine's own data converter, without encryption. */
  readonly client: Client;
  readonly address: string;
  readonly files: { readonly staffFile: string; readonly partnersFile: string };
  readonly staff: StaffFile;
  readonly partners: PartnersFile;
  readonly login: Login;
  readonly closing: Closing;
  readonly profile: string | undefined;
  /** Records a started workflow, to be ended afterwards, and returns its id. */
  readonly started: (workflowId: string) => string;
}
