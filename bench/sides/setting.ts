import type { Client } from '@temporalio/client';
import type { Closing } from '../../src/commands/closing';
import type { PartnersFile } from '../../src/settings/partnersFile';
import type { StaffFile } from '../../src/settings/staffFile';
import type { Login } from './login';

/** What every side is given: the server, and what surrounds every measurement. */
export interface Setting {
  /** With the engine's own data converter. */
  readonly client: Client;
  readonly address: string;
  readonly files: { readonly staffFile: string; readonly partnersFile: string };
  readonly staff: StaffFile;
  readonly partners: PartnersFile;
  readonly login: Login;
  readonly closing: Closing;
  readonly profile: string | undefined;
  /** Remembers a workflow that was started, to be ended afterwards; answers with its id. */
  readonly started: (workflowId: string) => string;
}
