import { mkdir } from 'node:fs/promises';
import { ownPagesOnly } from './ownPagesOnly';
import { quietly } from './quietly';

/** A mail server on loopback that keeps every mail the service sends, also over a restart. No mail leaves this machine. */
export interface MailCatcher {
  readonly smtpUrl: string;
  readonly pageAddress: string;
  stop(): Promise<void>;
}

/** Starts the mail catcher with its web page. Mail is kept in `directory`. */
export async function startMailCatcher(settings: { smtpPort: number; pagePort: number; directory: string }): Promise<MailCatcher> {
  await mkdir(settings.directory, { recursive: true, mode: 0o700 });
  const { MailDev } = await import('maildev');
  const catcher = new MailDev({
    // Without these addresses the catcher would listen on every network of the machine.
    ...{ smtp: settings.smtpPort, ip: '127.0.0.1' },
    ...{ web: settings.pagePort, webIp: '127.0.0.1' },
    ...{ mailDirectory: settings.directory, silent: true },
  });
  const { api } = await quietly(() => catcher.start());
  // No request can come in before this line, because nothing is awaited in between. The catcher itself answers pages of every origin, and
  // lets them delete mail.
  if (api !== undefined) ownPagesOnly(api.server.server);
  return {
    smtpUrl: `smtp://127.0.0.1:${settings.smtpPort}`,
    pageAddress: `http://localhost:${settings.pagePort}`,
    stop: () => catcher.stop(),
  };
}
