/** What a mail server said to a command, as nodemailer tells it; neither where it said nothing. */
export interface Reply {
  /** The command that was answered: `RCPT TO`, or `DATA` for the mail itself too. */
  readonly command?: string | undefined;
  /** Its lines as they came, each with its code. */
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
}

/**
 * What a reply means for a letter: `recipient`: whom it is for will never get it, so it falls to somebody else. `us`: the server would
 * turn every letter of ours away, from everybody, until somebody mends that. `passes`: anything else, which may be gone at the next try.
 *
 * The cause is read from the enhanced status code (RFC 3463), not from the stage of the dialogue: most servers say what they hold
 * against client, relay or sender only in answer to the recipient. Of its classes only 1 (the address) and 2 (the mailbox) are the
 * recipient's; 3 to 7 are of systems, routes, protocols, content and policy, which is the same for every recipient.
 */
export function meaningOf({ command = '', response = '', responseCode = 0 }: Reply): 'recipient' | 'us' | 'passes' {
  if (responseCode < 500 || responseCode > 599) return 'passes';
  const codes = enhancedCodesIn(response);
  if (codes.some((code) => code.startsWith('4.'))) return 'passes';
  const isSaidOfUs = speaksOfUs.test(response.replace(address, ' '));
  const ofTheRecipient = !isSaidOfUs && (codes.length > 0 ? codes.every(isTheMailboxs) : bareRefusals.includes(responseCode));
  const answers = codes.length > 0 ? ['RCPT TO', 'DATA'] : ['RCPT TO'];
  return ofTheRecipient && answers.includes(command) ? 'recipient' : 'us';
}

/** The first enhanced status code of a reply, for the log: unlike the words beside it, it names nobody. */
export function enhancedCodeOf({ response = '' }: Reply): string | undefined {
  return enhancedCodesIn(response)[0];
}

/** 5.1.7 and 5.1.8 are of the sender's address. */
function isTheMailboxs(code: string): boolean {
  return /^5\.[12]\./.test(code) && code !== '5.1.7' && code !== '5.1.8';
}

/** Without an enhanced code: mailbox unavailable, not local, or not allowed (RFC 5321, 4.2.3). */
const bareRefusals: readonly number[] = [550, 551, 553];
/**
 * Whatever its code, a reply may speak of us: "550 relay not permitted" (Exim), "550 5.1.0 Sender address rejected: User unknown"
 * (Postfix). A "relay recipient table" is Postfix's list of recipients.
 */
const speaksOfUs = /\b(client|sender|relay(ing|ed)?(?! recipient table))\b/i;

/** A server repeats the address, which may be called like one of those words. */
const address = /<[^>]*>|\S+@\S+/g;

/** Also those that stand in the words, as in qmail's "(#5.7.1)"; not parts of addresses and versions. */
function enhancedCodesIn(response: string): string[] {
  return response.match(/(?<![\w.])[45]\.\d{1,3}\.\d{1,3}(?![\w.]*\d)/g) ?? [];
}
