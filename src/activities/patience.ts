/** How long a mail server is waited for, in milliseconds. */
export interface Patience {
  /** For an answer to TCP, and again for the handshake of TLS: nothing was sent yet. */
  readonly connection: number;
  readonly greeting: number;
  /** Between two signs of life. */
  readonly silence: number;
  /** From the hand-over of a letter to its first byte of data, with its wait for a free connection. */
  readonly untilData: number;
  /** From then to the answer, however many signs of life there are. */
  readonly data: number;
}

const minute = 60_000;

/**
 * As long as RFC 5321 asks for (4.5.3.2): five minutes for the greeting, for MAIL and for RCPT, two for DATA, three for a block of
 * data, ten for the answer to its end. How long a connection may take, and the two limits for a server that trickles, are ours.
 */
export const patience: Patience = {
  connection: 10_000,
  greeting: 5 * minute,
  silence: 10 * minute,
  untilData: 20 * minute,
  data: 15 * minute,
};
