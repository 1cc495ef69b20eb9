/** A mail server's reply to a command, as nodemailer reports it. Both parts are missing if the server did not reply. */
export interface Reply {
  /** The command of the reply: `RCPT TO`, or `DATA`, which also stands for the mail itself. */
  readonly command?: string | undefined;
  /** The lines of the reply as they came, each with its code. */
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
}

/**
 * The meaning of a reply for a letter.
 * `recipient`: the recipient will never get the letter, so it is forwarded to the next recipient.
 * `us`: the server would refuse all our letters to everybody, until somebody fixes the cause.
 * `passes`: any other reply; the next try may succeed.
 * The cause comes from the enhanced status code (RFC 3463), not from the stage of the dialogue. Most servers report their objections to
 * client, relay or sender only in answer to the recipient. Only classes 1 (the address) and 2 (the mailbox) are about the recipient.
 * Classes 3 to 7 are about systems, routes, protocols, content and policy, which are the same for every recipient.
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

/** The first enhanced status code of a reply, for the log. Unlike the text beside it, the code names nobody. */
export function enhancedCodeOf({ response = '' }: Reply): string | undefined {
  return enhancedCodesIn(response)[0];
}

/** Whether a code is about the recipient's address or mailbox. 5.1.7 and 5.1.8 are about the sender's address. */
function isTheMailboxs(code: string): boolean {
  return /^5\.[12]\./.test(code) && code !== '5.1.7' && code !== '5.1.8';
}

/** The basic codes that are about the recipient: mailbox unavailable, not local, or not allowed (RFC 5321, 4.2.3). */
const bareRefusals: readonly number[] = [550, 551, 553];
/**
 * Words that show that a reply is about us, whatever its code: "550 relay not permitted" (Exim), "550 5.1.0 Sender address rejected: User
 * unknown" (Postfix). A "relay recipient table" is Postfix's list of recipients.
 */
const speaksOfUs = /\b(client|sender|relay(ing|ed)?(?! recipient table))\b/i;

/** A server repeats the address, and the address may contain one of those words. */
const address = /<[^>]*>|\S+@\S+/g;

/** All enhanced codes of a reply, also those inside its text, as in qmail's "(#5.7.1)". Parts of addresses and versions do not count. */
function enhancedCodesIn(response: string): string[] {
  return response.match(/(?<![\w.])[45]\.\d{1,3}\.\d{1,3}(?![\w.]*\d)/g) ?? [];
}
