import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

interface Visit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A path that an address cannot hold, such as one with dots. */
  readonly path?: string;
}

/** A page or an answer that a browser ended up with. */
export interface Page {
  readonly address: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** As much of a browser as a login needs: it keeps the cookies of each host, follows redirects and sends forms. */
export class Browser {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** Goes to an address as if somebody typed it. */
  async goTo(address: string): Promise<Page> {
    return this.follow(await this.ask(address, { headers: asDocument('none') }));
  }

  /** Sends the form of a page, with what somebody filled in or pressed. */
  async send(page: Page, filledIn: Readonly<Record<string, string>> = {}): Promise<Page> {
    const action = /<form[^>]* action="([^"]+)"/.exec(page.text)?.[1] ?? page.address;
    const hidden = [...page.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
    const headers = { ...asDocument('same-origin'), Origin: new URL(page.address).origin };
    const form = { ...(Object.fromEntries(hidden) as Record<string, string>), ...filledIn };
    return this.follow(await this.ask(new URL(action, page.address).href, { method: 'POST', form, headers }));
  }

  /** Follows redirects, and pages that send their form themselves. */
  private async follow(first: Page): Promise<Page> {
    let page = first;
    while (page.status >= 300 && page.status < 400)
      page = await this.ask(new URL(page.headers.location ?? '', page.address).href, { headers: asDocument('cross-site') });
    return page.text.includes('document.forms[0].submit()') ? this.send(page) : page;
  }

  /** One request with the cookies of the host, to this machine. It follows nothing. */
  async ask(address: string, { method = 'GET', headers = {}, form, body, path }: Visit = {}): Promise<Page> {
    const { host, port, pathname, search } = new URL(address);
    const cookie = [...this.cookiesOf(address)].map(([name, value]) => `${name}=${value}`).join('; ');
    const type = form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' };
    // Plain HTTP, since fetch does not let a test say where a request comes from.
    const sent = request({
      ...{ host: '127.0.0.1', port, method, path: path ?? `${pathname}${search}`, agent: false },
      headers: { Host: host, ...type, ...(cookie === '' ? {} : { Cookie: cookie }), ...headers },
    });
    sent.end(form === undefined ? body : new URLSearchParams(form).toString());
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    for (const set of answer.headers['set-cookie'] ?? []) this.keep(address, set);
    const text = Buffer.concat((await answer.toArray()) as Buffer[]).toString();
    return { address, status: answer.statusCode ?? 0, headers: answer.headers, text };
  }

  /** The cookies of a host by name. A test may change them, as a thief would. */
  cookiesOf(address: string): Map<string, string> {
    const { hostname } = new URL(address);
    const kept = this.cookies.get(hostname) ?? new Map<string, string>();
    this.cookies.set(hostname, kept);
    return kept;
  }

  private keep(address: string, set: string): void {
    const [name = '', ...value] = (set.split(';')[0] ?? '').split('=');
    const expires = /expires=([^;]+)/i.exec(set)?.[1];
    if (expires !== undefined && Date.parse(expires) < Date.now()) this.cookiesOf(address).delete(name);
    else this.cookiesOf(address).set(name, value.join('='));
  }
}

function asDocument(from: string): Readonly<Record<string, string>> {
  return { Accept: 'text/html', 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Site': from };
}
