import { auditTrail } from '../../../src/store/auditTrail';
import { openStore } from '../../../src/store/store';

/**
 * A process that adds lines to the record of who did what, many at once, and says when each is written. Arguments: the place of the database as
 * JSON, the name of the process, the number of lines.
 */
async function append(place: string, name: string, lines: number): Promise<void> {
  const store = openStore(JSON.parse(place) as Parameters<typeof openStore>[0]);
  const trail = auditTrail({ table: store.audit, pseudonym: (reference) => reference, failed: () => undefined });
  const all = Array.from({ length: lines }, (_, number) => ({ did: 'read', who: name, number }));
  await Promise.all(all.map((line) => trail.write(line, { durable: line.number % 7 === 0 })));
  await store.close();
}

const [place = '', name = '', lines = ''] = process.argv.slice(2);
void append(place, name, Number(lines));
