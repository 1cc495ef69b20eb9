import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Acts } from '../sides/side';

/** A real SMTP server on loopback that takes every mail, keeps none, and knows when it took the last. */
export interface MailSink {
  readonly url: string;
  taken(): Acts;
  stop(): Promise<void>;
}

export async function openMailSink(): Promise<MailSink> {
  let taken: Acts = { count: 0, lastAt: 0 };
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], disableReverseLookup: true, closeTimeout: 100 },
    onData(stream, _session, accept) {
      stream.resume().on('end', () => {
        taken = { count: taken.count + 1, lastAt: Date.now() };
        accept();
      });
    },
  });
  // A worker that is killed hangs up in the middle.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken: () => taken,
    stop: () => new Promise((resolve) => void server.close(resolve)),
  };
}
