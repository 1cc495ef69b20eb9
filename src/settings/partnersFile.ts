import { z } from 'zod';
import { partnerIdInWords, partnerIdShape } from '../domain/basics/ids';
import { readJsonFile } from './jsonFile';

const id = z.string().regex(partnerIdShape, partnerIdInWords);

const anyPartner = {
  id,
  name: z.string().min(1),
  country: z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166-1 code of two letters'),
  language: z.enum(['nl', 'en']),
};

const byMail = z.strictObject({ ...anyPartner, by: z.literal('mail'), mailbox: z.email() });

const byWebhook = z.strictObject({
  ...anyPartner,
  by: z.literal('webhook'),
  url: z.string().refine(keepsANotice, 'an https address without a password in it; http for localhost and 127.0.0.1 only'),
  secretVariable: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'the name of a variable'),
});

/** Over plain http anybody on the network path reads a notice. No network path leads to this machine itself. */
function keepsANotice(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  const isHere = protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
  return (protocol === 'https:' || isHere) && username === '' && password === '';
}

/** Gives the secret in a variable that a partner names. Throws a sentence for the user if the variable has no secret. */
type SecretIn = (variable: string) => string;

const partnersFile = (secretIn: SecretIn) =>
  z.strictObject({ partners: z.array(z.discriminatedUnion('by', [byMail, byWebhook])) }).transform(({ partners }, context) => ({
    partners: partners.map((partner, index) => {
      const fault = (key: keyof typeof byWebhook.shape, message: string) =>
        context.addIssue({ code: 'custom', path: ['partners', index, key], message });
      const before = partners.slice(0, index);
      if (before.some((other) => other.id === partner.id)) fault('id', `${partner.id} is listed twice`);
      if (partner.by === 'mail') return partner;
      const { secretVariable, ...webhook } = partner;
      // A partner that shares a secret with another could sign as us to that other.
      if (before.some((other) => other.by === 'webhook' && other.secretVariable === secretVariable))
        fault('secretVariable', `${secretVariable} is another partner's already`);
      try {
        return { ...webhook, secret: secretIn(secretVariable) };
      } catch (error) {
        fault('secretVariable', (error as Error).message);
        return z.NEVER;
      }
    }),
  }));

/** The partners and how each gets its notices: by mail to a functional mailbox, or by a webhook with its secret. */
export type PartnersFile = z.infer<ReturnType<typeof partnersFile>>;

/** Reads and checks `PARTNERS_FILE`, and the secrets that it names; all faults are named at once. */
export function loadPartners(path: string, secretIn: SecretIn): PartnersFile {
  return readJsonFile('PARTNERS_FILE', path, partnersFile(secretIn));
}
