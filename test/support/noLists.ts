import type { Lists } from '../../src/casework/ports/lists';

/** Lists of no case, for tests of something else. */
export const noLists: Lists = {
  cases: async () => ({ items: [], next: null }),
  counts: async ({ filters }) => filters.map(() => 0),
  tasks: async () => ({ items: [], next: null }),
  forecast: async () => [],
  changes: async () => ({ items: [], next: 'a-cursor' }),
  outages: async () => [],
  outage: async () => undefined,
};
