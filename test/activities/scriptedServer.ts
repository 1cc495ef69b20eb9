import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server's answer at a step: a text, a function that makes the text from the command or the data, or an action on the connection. */
export type Says = string | ((client: Socket, heard: string) => unknown);

/** The steps of the SMTP dialogue; `end` is the end of the data. */
export type Step = 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'end' | 'RSET' | 'QUIT';

export interface ScriptedServer {
  readonly url: string;
  readonly port: number;
  /** Every line except the data. */
  readonly commands: readonly string[];
  /** The data of each mail that arrived completely, whatever the answer was. */
  readonly mails: readonly string[];
  readonly clients: ReadonlySet<Socket>;
  stop(): Promise<void>;
}

const usual: Readonly<Record<Step, string>> = {
  greeting: '220 mx ESMTP',
  EHLO: '250-mx\r\n250 8BITMIME',
  STARTTLS: '502 5.5.1 not here',
  AUTH: '235 2.7.0 welcome',
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go on',
  end: '250 2.0.0 queued',
  RSET: '250 2.0.0 ok',
  QUIT: '221 2.0.0 bye',
};

/** A server on loopback whose answer and delay at each step a test chooses. It imitates the many kinds of real servers. */
export async function startScriptedServer(says: Partial<Record<Step, Says>> = {}, host = '127.0.0.1'): Promise<ScriptedServer> {
  const commands: string[] = [];
  const mails: string[] = [];
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client)).on('error', () => undefined);
    const say = (step: Step, text: string) => {
      const said = says[step] ?? usual[step];
      const words = typeof said === 'string' ? said : said(client, text);
      if (typeof words === 'string') client.write(`${words}\r\n`);
    };
    let [heard, inData] = ['', false];
    say('greeting', '');
    client.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      for (let end = endOf(heard, inData); end !== null; end = endOf(heard, inData)) {
        const text = heard.slice(0, end.at);
        heard = heard.slice(end.at + end.length);
        if (inData) mails.push(text);
        else commands.push(text);
        const step = inData ? 'end' : (text.split(' ')[0] as Step);
        inData = step === 'DATA';
        say(step, text);
      }
    });
  });
  await once(server.listen(0, host), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    commands,
    mails,
    clients,
    async stop() {
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends the text after a delay. */
export function after(milliseconds: number, words: string): Says {
  return (client) => void setTimeout(() => client.write(`${words}\r\n`), milliseconds);
}

/** Sends a part of the text again and again, and never ends it. */
export function trickling(words: string): Says {
  return (client) => {
    const drip = setInterval(() => client.write(`${words}\r\n`), 20);
    client.on('close', () => clearInterval(drip));
  };
}

export const nothing: Says = () => undefined;
export const hangsUp: Says = (client) => client.destroy();

function endOf(heard: string, inData: boolean): { readonly at: number; readonly length: number } | null {
  const mark = inData ? '\r\n.\r\n' : '\r\n';
  const at = heard.indexOf(mark);
  return at < 0 ? null : { at, length: mark.length };
}
