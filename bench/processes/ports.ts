import type { PortRange } from '../../src/embedded/ports';

/** The ports of the benchmark. No test uses them, so that both may run at once. */
export const benchPorts: PortRange = { lowest: 30_000, size: 2_700 };
