/** The time limits for a mail server, in milliseconds. */
export interface Patience {
  /** For the TCP connection, and again for the TLS handshake. Nothing was sent yet. */
  readonly connection: number;
  readonly greeting: number;
  /** Between two signs of life from the server. */
  readonly silence: number;
  /** From handing over a letter to its first byte of data. This includes the wait for a free connection. */
  readonly untilData: number;
  /** From the first byte of data to the answer, however many signs of life there are. */
  readonly data: number;
}

const minute = 60_000;

/**
 * The limits that RFC 5321 asks for (4.5.3.2). Five minutes are for the greeting, for MAIL and for RCPT; two for DATA. Three are for a
 * block of data, and ten for the answer to its end. The limit for a connection, and the two limits for a server that trickles, are ours.
 */
export const patience: Patience = {
  connection: 10_000,
  greeting: 5 * minute,
  silence: 10 * minute,
  untilData: 20 * minute,
  data: 15 * minute,
};
