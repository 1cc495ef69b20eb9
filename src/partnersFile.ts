import { z } from 'zod';
import { readJsonFile } from './jsonFile';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes');

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
  url: z.url({ protocol: /^https$/, error: 'an https address' }),
  secretVariable: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'the name of a variable'),
});

const partnersFile = z
  .strictObject({ partners: z.array(z.discriminatedUnion('by', [byMail, byWebhook])) })
  .superRefine(({ partners }, context) => {
    partners.forEach((partner, index) => {
      if (partners.findIndex((other) => other.id === partner.id) < index)
        context.addIssue({ code: 'custom', path: ['partners', index, 'id'], message: `${partner.id} is there twice` });
      // Better not to start than to leave a partner untold.
      if (partner.by === 'webhook')
        context.addIssue({
          code: 'custom',
          path: ['partners', index, 'by'],
          message: `${partner.id}: webhooks cannot be sent yet, give a mailbox`,
        });
    });
  });

/** The organisations that are told, and how: a functional mailbox or a webhook. */
export type PartnersFile = z.infer<typeof partnersFile>;

/** Reads and checks `PARTNERS_FILE`; all faults are named at once. */
export function loadPartners(path: string): PartnersFile {
  return readJsonFile('PARTNERS_FILE', path, partnersFile);
}
