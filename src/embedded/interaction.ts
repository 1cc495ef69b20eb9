import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { pageHeaders, sentencePage } from '../login/page';
import { choicePage } from './issuerPages';
import type { TokenHolder } from './tokenHolder';

/** The path of the page on which people choose who they are. The name of the login under way follows it. */
export const interactionPath = '/who/';

const mostBytes = 10_000;

interface Pages {
  readonly provider: Provider;
  readonly staff: readonly TokenHolder[];
  /** The origins of the sites that people log in to. */
  readonly sites: readonly string[];
}

/** Answers the page on which people choose one of the invented staff, and the choice. */
export async function answerInteraction(request: IncomingMessage, response: ServerResponse, pages: Pages): Promise<void> {
  const answer = (status: number, body: string) => void response.writeHead(status, pageHeaders(pages.sites)).end(body);
  const known = await pages.provider.interactionDetails(request, response).then(
    () => true,
    () => false,
  );
  if (!known) return void answer(400, sentencePage('Too late', 'This login has ended. Go back to where you came from, and log in again.'));
  if (request.method !== 'POST') return void answer(200, choicePage(pages.staff));
  const id = new URLSearchParams(await bodyOf(request)).get('id');
  if (!pages.staff.some((holder) => holder.id === id)) return void answer(400, sentencePage('Nobody', 'There is nobody with this id.'));
  await pages.provider.interactionFinished(request, response, { login: { accountId: String(id) } });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body += chunk.toString('latin1');
    if (body.length > mostBytes) break;
  }
  return body;
}
