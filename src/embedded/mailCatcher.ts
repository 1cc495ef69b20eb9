import { mkdir } from 'node:fs/promises';
import { keepDoor } from './door';
import { quietly } from './quietly';

/** Every mail the service sends, on loopback: it goes no further, and is kept over a restart. */
export interface MailCatcher {
  readonly smtpUrl: string;
  readonly pageAddress: string;
  stop(): Promise<void>;
}

/** Starts the mail catcher with its web page; mail is kept in `directory`. */
export async function startMailCatcher(settings: { smtpPort: number; pagePort: number; directory: string }): Promise<MailCatcher> {
  await mkdir(settings.directory, { recursive: true, mode: 0o700 });
  const { MailDev } = await import('maildev');
  const catcher = new MailDev({
    // Left out, both addresses are those of every network the machine is in.
    ...{ smtp: settings.smtpPort, ip: '127.0.0.1' },
    ...{ web: settings.pagePort, webIp: '127.0.0.1' },
    ...{ mailDirectory: settings.directory, silent: true },
  });
  const { api } = await quietly(() => catcher.start());
  // Nobody was let in yet: nothing is waited for between the two. The catcher itself answers pages of every origin, and lets them delete.
  if (api !== undefined) keepDoor(api.server.server);
  return {
    smtpUrl: `smtp://127.0.0.1:${settings.smtpPort}`,
    pageAddress: `http://localhost:${settings.pagePort}`,
    stop: () => catcher.stop(),
  };
}
