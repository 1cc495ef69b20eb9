import { openSink, type Sink } from '../../src/simulation/sinks';
import type { Acts } from '../sides/side';

/** A real SMTP server on loopback that accepts every mail and keeps none. It records the instant of the last mail. */
export interface MailSink extends Pick<Sink, 'url' | 'close'> {
  taken(): Acts;
}

export async function openMailSink(): Promise<MailSink> {
  let taken: Acts = { count: 0, lastAt: 0 };
  const sink = await openSink(() => {
    taken = { count: taken.count + 1, lastAt: Date.now() };
  });
  return { ...sink, taken: () => taken };
}
