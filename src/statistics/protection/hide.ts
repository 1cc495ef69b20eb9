import type { Highs } from 'highs';
import { Attacker } from './attacker';
import { cheapestWay } from './cheapestWay';
import type { Knowledge } from './numbers';

/**
 * The numbers that have to be hidden, or null if hiding is not enough. Each number that is hidden makes more tables possible, so a number
 * that was unknown once stays unknown.
 */
export async function numbersToHide(highs: Highs, known: Knowledge, pause: () => Promise<void>): Promise<ReadonlySet<number> | null> {
  const attacker = new Attacker(highs, known);
  try {
    const hidden = new Set(placesOf(known, 'hidden'));
    // Secrets that are added meanwhile come last.
    const secrets = new Set([...hidden, ...placesOf(known, 'derived')]);
    for (const secret of secrets) {
      await pause();
      if (!attacker.finds(secret)) continue;
      const way = cheapestWay(highs, known, hidden, secret);
      if (way === null) return null;
      for (const number of way.hide) {
        hidden.add(number);
        secrets.add(number);
        attacker.loses(number);
      }
      way.tables.forEach((table) => attacker.remember(table));
    }
    return hidden;
  } finally {
    attacker.dispose();
  }
}

function placesOf({ numbers }: Knowledge, kind: 'hidden' | 'derived'): readonly number[] {
  return numbers.flatMap((number, place) => (number.kind === kind ? [place] : []));
}
