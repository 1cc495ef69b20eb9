import { z } from 'zod';

/** The secret that notices to one partner are signed with. */
export const signingSecret = z
  .string({ error: 'is required: the secret that notices to a partner are signed with' })
  .refine(isSigningSecret, '24 to 64 random bytes in base64, after whsec_');

/** The form that Standard Webhooks asks for. */
function isSigningSecret(text: string): boolean {
  const base64 = text.replace(/^whsec_/, '');
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 && bytes.length >= 24 && bytes.length <= 64;
}
