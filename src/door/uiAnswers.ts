import { DoorRefused } from './refused';

export const settingsPath = '/api/v1/settings';
export const namespacesPath = '/api/v1/namespaces';
const answersWithinMs = 5_000;

/** The settings of the Web UI as its pages get them: they let the door decode, and offer no button that changes anything. */
export async function uiSettings(ui: URL): Promise<object> {
  const settings: { readonly Codec?: object } = await answerOf(ui, settingsPath);
  // The pages take an endpoint without an origin to be one of their own.
  const codec = { ...settings.Codec, Endpoint: '/codec', PassAccessToken: false, IncludeCredentials: false };
  return { ...settings, Codec: codec, DisableWriteActions: true };
}

/** The list of namespaces as the pages get it: ours alone. */
export async function uiNamespaces(ui: URL, namespace: string): Promise<object> {
  return { namespaces: [await answerOf(ui, `${namespacesPath}/${encodeURIComponent(namespace)}`)], nextPageToken: null };
}

async function answerOf(ui: URL, path: string): Promise<object> {
  const address = new URL(`${ui.pathname.replace(/\/$/, '')}${path}`, ui);
  const answer = await fetch(address, { signal: AbortSignal.timeout(answersWithinMs) }).catch(() => undefined);
  if (answer?.ok !== true) throw new DoorRefused(502, 'no-answer', 'the Temporal UI does not answer');
  return (await answer.json()) as object;
}
