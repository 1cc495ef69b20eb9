/* Lists of cases in the Web UI, each at an address that people can keep, and a page that sets the columns which they need. */

import { Router } from 'express';
import { dateOf, instantOf, type PlainDate } from '../domain/basics/calendar';
import { asText, page, pageHeaders } from '../login/page';
import { DoorRefused } from './refused';

export const listsPath = '/lists';

/** A list of cases, as somebody asks the Web UI for it. */
export interface UiList {
  readonly id: string;
  /** What is true of its cases, in plain words. */
  readonly title: string;
  /** The query of Temporal that finds the cases on a day. */
  readonly query: (today: PlainDate) => string;
}

export interface ListsParts {
  readonly lists: readonly UiList[];
  /** The columns of the Web UI's list, by their headings there. */
  readonly columns: readonly string[];
  readonly namespace: string;
  readonly clock?: (() => number) | undefined;
}

/** The page of the lists, and the way from each to the Web UI; both set the columns. Whoever asks has logged in. */
export function listsRouter({ lists, columns, namespace, clock = Date.now }: ListsParts): Router {
  const script = columnScript(namespace, columns);
  const html = listsPage(lists, script);
  const router = Router();
  router.get(listsPath, (_, response) => void response.set(pageHeaders([], script)).end(html));
  router.get(`${listsPath}/:id`, (request, response) => {
    const list = lists.find(({ id }) => id === request.params.id);
    if (list === undefined) throw new DoorRefused(404, 'not-found', 'there is no such list; all of them are at /lists');
    const query = encodeURIComponent(list.query(dateOf(instantOf(clock()))));
    const address = `/namespaces/${encodeURIComponent(namespace)}/workflows?query=${query}`;
    const goesOn = `${script}\nlocation.replace(${inScript(address)})`;
    response.set(pageHeaders([], goesOn)).end(wayTo(list, address, goesOn));
  });
  return router;
}

/** A page that sets the columns and leads to a list at once, or by its link in a browser that runs no script. */
function wayTo({ title }: UiList, address: string, script: string): string {
  return page('Lists of cases', `<p id="columns"></p><p><a href="${asText(address)}">${asText(title)}</a></p><script>${script}</script>`);
}

function listsPage(lists: readonly UiList[], script: string): string {
  const links = lists.map(({ id, title }) => `<li><a href="${listsPath}/${asText(id)}">${asText(title)}</a></li>`).join('');
  const sentences = [
    'These lists show each case as it was when it last woke, mostly at nine this morning.',
    'The lists show the cases of all offices. To see one office, hold the mouse over it in the column Office and click the funnel.',
  ];
  const paragraphs = sentences.map((sentence) => `<p>${sentence}</p>`).join('');
  return page(
    'Lists of cases',
    `<p id="columns">This browser did not let the columns of the list be set.</p><ul>${links}</ul>${paragraphs}<script>${script}</script>`,
  );
}

/** The key under which the Web UI (2.54.1) keeps the columns of each namespace in a browser. */
const keptColumns = 'namespace-workflow-table-columns';

/** Sets the columns of our namespace, and leaves those of others. The sentence on the page changes only if the browser kept them. */
function columnScript(namespace: string, columns: readonly string[]): string {
  const key = inScript(keptColumns);
  const ours = inScript({ [namespace]: columns.map((label) => ({ label })) });
  const done = inScript(
    `The list of the Temporal UI in this browser now has the columns ${columns.join(', ')}. A page that was open shows them once it is loaded again.`,
  );
  return [
    `let kept;try{kept=JSON.parse(localStorage.getItem(${key}))}catch{}`,
    `try{localStorage.setItem(${key},JSON.stringify({...kept,...${ours}}));document.getElementById('columns').textContent=${done}}catch{}`,
  ].join('\n');
}

/** A value as a script in a page has it. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}
