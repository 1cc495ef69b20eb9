import { DoorRefused } from './refused';

export const settingsPath = '/api/v1/settings';
const answersWithinMs = 5_000;

/** The settings of the Web UI as its pages get them: they let the door decode, and offer no button that changes anything. */
export async function uiSettings(ui: URL): Promise<object> {
  const answer = await fetch(new URL(`${ui.pathname.replace(/\/$/, '')}${settingsPath}`, ui), {
    signal: AbortSignal.timeout(answersWithinMs),
  }).catch(() => undefined);
  if (answer?.ok !== true) throw new DoorRefused(502, 'no-answer', 'the Temporal UI does not answer');
  const settings = (await answer.json()) as { readonly Codec?: object };
  // The pages take an endpoint without an origin to be one of their own.
  const codec = { ...settings.Codec, Endpoint: '/codec', PassAccessToken: false, IncludeCredentials: false };
  return { ...settings, Codec: codec, DisableWriteActions: true };
}
