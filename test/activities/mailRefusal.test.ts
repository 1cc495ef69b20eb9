import { enhancedCodeOf, meaningOf } from '../../src/activities/mailRefusal';

const toTheRecipient = (response: string) => said('RCPT TO', response);
const toTheMail = (response: string) => said('DATA', response);
const said = (command: string, response: string) => meaningOf({ command, response, responseCode: Number(response.slice(0, 3)) });

describe('a refusal by a mail server', () => {
  it.each([
    '550 5.1.1 <x@example.org>: User unknown',
    '550 5.1.1 <x@example.org>: Recipient address rejected: User unknown in relay recipient table',
    '550 5.1.0 Address rejected',
    '550 5.1.2 no such system',
    '553 5.1.3 bad destination mailbox address syntax',
    '551 5.1.6 mailbox has moved',
    '556 5.1.10 the domain takes no mail',
    '550 5.2.0 mailbox unavailable',
    '550 5.2.1 mailbox disabled',
    '552 5.2.2 mailbox full',
    '552 5.2.3 too long for this mailbox',
    '550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 https://example.org/?p=NoSuchUser',
    '550 #5.1.0 Address rejected x@example.org',
    '550 sorry, no mailbox here by that name (#5.1.1 - chkuser)',
  ])('is about the recipient if its code is about the address or the mailbox: %s', (response) => {
    expect(toTheRecipient(response)).toBe('recipient');
    expect(toTheMail(response)).toBe('recipient');
  });

  it.each([
    '550 No such user here',
    '551 User not local',
    '553 mailbox name not allowed',
    '550-No such user\n550 here',
    '550 User unknown in relay recipient table',
    '550 <client.desk@example.org>: user unknown',
    '550 sender-1@example.org no such user',
  ])('without an enhanced code is about the recipient only in answer to the address: %s', (response) => {
    expect(toTheRecipient(response)).toBe('recipient');
    expect(toTheMail(response)).toBe('us');
  });

  it.each([
    '554 5.7.1 <worker[10.0.0.5]>: Client host rejected: Access denied',
    '554 5.7.1 <x@example.org>: Relay access denied',
    '550 5.7.1 Service unavailable; client [10.0.0.5] blocked using an RBL',
    '553 5.7.1 <pathways@cases.test>: Sender address rejected: not owned by user',
    '550 5.7.26 This mail is unauthenticated',
    '550 5.1.0 <pathways@cases.test>: Sender address rejected: User unknown in local recipient table',
    '550 5.1.1 sender rejected',
    '550-5.7.1 blocked, see below\n550 5.1.1 and by the way nobody is here',
    '530 5.7.0 Must issue a STARTTLS command first',
    '550 5.1.7 bad sender mailbox address syntax',
    '550 5.1.8 <pathways@cases.test>: Sender address rejected: Domain not found',
    '554 5.3.0 system trouble',
    '554 5.3.4 message too big for system',
    '550 5.4.1 Recipient address rejected: Access denied',
    '554 5.4.6 too many hops',
    '501 5.5.4 invalid command arguments',
    '554 5.6.0 message content rejected',
    '550 5.0.0 refused',
    '552 exceeded storage allocation',
    '554 transaction failed',
    '501 syntax error in parameters',
    '503 bad sequence of commands',
    '550 relay not permitted',
    '550 we do not relay',
    '551 relaying denied',
    '550 Sender verify failed',
    '550 Client host rejected',
    "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
  ])('is about us if it would be the same for every recipient: %s', (response) => {
    expect(toTheRecipient(response)).toBe('us');
    expect(toTheMail(response)).toBe('us');
  });

  it.each([
    '450 4.2.0 greylisted',
    '452 4.2.2 mailbox full',
    '451 4.7.1 try later',
    '421 4.3.2 shutting down',
    '450 mailbox busy',
    '450 5.1.1 a permanent code behind a passing reply',
    '550 4.7.1 a passing code behind a permanent reply',
  ])('is temporary if either code says so: %s', (response) => {
    expect(toTheRecipient(response)).toBe('passes');
    expect(toTheMail(response)).toBe('passes');
  });

  it.each(['MAIL FROM', 'AUTH PLAIN', 'CONN', 'EHLO', 'RSET'])('in answer to %s is about us, whatever its code', (command) => {
    expect(said(command, '550 5.1.1 unknown')).toBe('us');
    expect(said(command, '550 unknown')).toBe('us');
  });

  it('counts as temporary if no reply came', () => {
    expect(meaningOf({})).toBe('passes');
    expect(meaningOf({ command: 'CONN' })).toBe('passes');
  });

  it.each([
    ['550 5.7.26 unauthenticated', '5.7.26'],
    ['550 host 5.1.2.3 is blocked', undefined],
    ['550 mx5.1.1 says no', undefined],
    ['550 version 5.1.1rc2', undefined],
    ['550 nobody', undefined],
  ])('%s has the enhanced code %s', (response, code) => {
    expect(enhancedCodeOf({ response })).toBe(code);
  });
});
