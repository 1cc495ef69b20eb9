import { freePorts as freePortsIn } from '../../src/embedded/ports';

/** Each process of the test runner has its own range. */
const range = { lowest: 10_000 + (Number(process.env['JEST_WORKER_ID'] ?? 1) % 2) * 10_000, size: 10_000 };

/** This many free ports of this machine. */
export function freePorts(count: number): Promise<number[]> {
  return freePortsIn(count, range);
}
