import { z } from 'zod';
import { required } from './required';

/** The issuer where people log in, and the audience of its tokens. */
export const tokenVariables = {
  // Over plain http anybody on the network path could forge keys. The embedded issuer is http, and gives a token to anybody on the machine.
  OIDC_ISSUER: z.url({ protocol: /^https$/, error: 'is required, an https address; the embedded issuer is for npm start only' }),
  OIDC_AUDIENCE: required('the audience of our tokens'),
};

/** What only the door before the Temporal UI needs: how the issuer knows it, and what it stands before. */
export const doorVariables = {
  OIDC_CLIENT_ID: required('the name by which the issuer knows the door'),
  OIDC_CLIENT_SECRET: required('the secret that the issuer gave the door'),
  OIDC_SCOPE: z.string().default('openid'),
  TEMPORAL_UI_ADDRESS: z.url({ protocol: /^https?$/, error: 'is required: the address of the Temporal UI behind the door' }),
  // Over plain http anybody on the network path could take over a session.
  TEMPORAL_UI_URL: z.url({ protocol: /^https$/, error: 'is required: the https address at which people reach the Temporal UI' }),
};

interface DoorSettings {
  /** The door as the issuer knows it. */
  readonly client: { readonly clientId: string; readonly clientSecret: string; readonly scope: string };
  /** The Temporal UI behind the door. */
  readonly ui: URL;
  /** The address at which people reach the door. */
  readonly publicUrl: string;
}

export function doorSettings(values: z.infer<z.ZodObject<typeof doorVariables>>): DoorSettings {
  return {
    client: { clientId: values.OIDC_CLIENT_ID, clientSecret: values.OIDC_CLIENT_SECRET, scope: values.OIDC_SCOPE },
    ui: new URL(values.TEMPORAL_UI_ADDRESS),
    publicUrl: new URL(values.TEMPORAL_UI_URL).origin,
  };
}
