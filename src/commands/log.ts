import pino from 'pino';

/** The log: one JSON line an event, on stderr. */
export const log = pino({ base: null }, pino.destination({ fd: 2, sync: true }));
