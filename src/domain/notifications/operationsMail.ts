/* The mails to operations about the service itself. */

import { serviceName, type MailText } from './mailText';
import type { Numbers } from './watch';

/** The daily mail to operations while cases stand still: numbers only, the log names the cases. Operations reads Dutch. */
export function standingStillText({ ended, blocked, stranded }: Numbers): MailText {
  return {
    subject: `Dossiers staan stil (${ended + blocked + stranded})`,
    text: [
      serviceName('nl'),
      `Beëindigd in Temporal: ${ended}\nGeblokkeerd door een fout: ${blocked}\nZonder hun programmaversie: ${stranded}`,
      'Van deze dossiers loopt geen klok en gaat geen bericht uit. Welke het zijn staat in het logboek van de worker, wat te doen in docs/operations.md.',
      'Dit bericht komt hoogstens eenmaal per dag.\n',
    ].join('\n\n'),
  };
}

/** The daily mail to operations while the mail server refuses us. */
export function refusesUsText(): MailText {
  return {
    subject: 'De mailserver weigert berichten van deze dienst',
    text: [
      serviceName('nl'),
      'Ten minste één bericht is geweigerd om wie het verstuurt, niet om wie het krijgt. Het wordt steeds opnieuw geprobeerd en gaat naar niemand anders.',
      'Waarom het geweigerd is staat in het logboek van de worker, wat te doen in docs/operations.md.',
      'Dit bericht komt hoogstens eenmaal per dag van elke worker.\n',
    ].join('\n\n'),
  };
}
