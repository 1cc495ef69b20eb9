import { createHash } from 'node:crypto';

const style = [
  'body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:42rem;padding:0 1rem}',
  'fieldset{border:1px solid #767676;margin:0 0 1rem}',
  'button{display:block;font:inherit;margin:.25rem 0;min-height:2.75rem;padding:0 1rem;text-align:left;width:100%}',
].join('');

/**
 * The headers of a page about a login. Chromium applies `form-action` to the redirects after a form too, so it has to name the sites to
 * which those lead. With `no-referrer` browsers would send `Origin: null` with our own forms. No script runs but the named one.
 */
export function pageHeaders(sites: readonly string[], script?: string): Readonly<Record<string, string>> {
  const scripts = script === undefined ? '' : `script-src ${hashOf(script)}; `;
  const formsGoTo = ["'self'", ...sites].join(' ');
  return {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `default-src 'none'; style-src ${hashOf(style)}; ${scripts}form-action ${formsGoTo}; base-uri 'none'; frame-ancestors 'none'`,
    'Content-Type': 'text/html; charset=utf-8',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** What a Content-Security-Policy says of a style or a script that stands in the page. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** A page about a login. `body` is HTML; texts in it have gone through `asText`. */
export function page(title: string, body: string): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${asText(title)}</title><style>${style}</style>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body><main><h1>${asText(title)}</h1>${body}</main></body></html>`;
}

/** A page with one sentence, and perhaps a link. */
export function sentencePage(title: string, sentence: string, link?: { readonly to: string; readonly words: string }): string {
  const further = link === undefined ? '' : `<p><a href="${asText(link.to)}">${asText(link.words)}</a></p>`;
  return page(title, `<p>${asText(sentence)}</p>${further}`);
}

/** A text as HTML shows it. */
export function asText(plain: string): string {
  return plain.replaceAll(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
