import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepReport, requireReport, type Report } from '../../src/releases/report';

const hour = 3_600_000;
const madeAt = '2027-09-01T09:00:00.000Z';
const made = Date.parse(madeAt);
const green: Report = { target: 'aaaaaaaaaaaa', image: 'bbbbbbbbbbbb', madeAt, openCases: 40, isRed: false, counts: [] };

describe('the report of a rehearsal', () => {
  it('allows the release of its build for a day', async () => {
    await keepReport(file, green);
    await expect(requireReport(file, 'aaaaaaaaaaaa', made + 23 * hour)).resolves.toBeUndefined();
    await expect(requireReport(file, 'aaaaaaaaaaaa', made + 25 * hour)).rejects.toThrow('older than a day');
    await expect(requireReport(file, 'cccccccccccc', made)).rejects.toThrow('a report of the build aaaaaaaaaaaa, and not of cccccccccccc');
  });

  it('forbids the release if it is red', async () => {
    await keepReport(file, { ...green, isRed: true });
    await expect(requireReport(file, 'aaaaaaaaaaaa', made)).rejects.toThrow('is red');
  });

  it('has to be one', async () => {
    await expect(requireReport(join(directory, 'missing'), 'aaaaaaaaaaaa', made)).rejects.toThrow('is not a report');
    await writeFile(file, '{}');
    await expect(requireReport(file, 'aaaaaaaaaaaa', made)).rejects.toThrow('is not a report');
  });

  it('names no case, also where the command does', async () => {
    await keepReport(file, { ...green, counts: [{ words: 'cannot be folded', number: 1, isRed: true, ...{ references: ['BT-1'] } }] });
    expect(await readFile(file, 'utf8')).not.toContain('BT-1');
  });
});

let directory: string;
let file: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reports-'));
  file = join(directory, 'report.json');
});
afterAll(() => rm(directory, { recursive: true }));
