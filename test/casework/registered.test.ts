import { registeredPathways } from '../../src/casework/registered';
import type { CaseRegister } from '../../src/casework/ports/caseRegister';
import type { Cases } from '../../src/casework/ports/pathways';
import { changed, record, type CaseFile } from '../../src/domain/case/caseFile';
import { aCase, callerOf } from '../support/aCase';

const given = aCase();
const submission = {
  fact: { type: 'contactMissed', on: given.file.start.indication.observedOn },
  by: callerOf('caseworker'),
  receivedAt: given.now,
  key: { hash: 'a'.repeat(64), body: 'b'.repeat(64) },
} as const;

describe('a fact told once more after its first answer was lost', () => {
  it('is not added to a register that has it, though the engine repeats the answer of before', async () => {
    const after = recorded();
    const written: CaseFile[] = [];
    const register: CaseRegister = {
      // The case has written itself meanwhile, and once more after its letters.
      read: async () => changed(after, {}),
      write: async ({ file }) => written.push(file) > 0,
      takenOver: () => undefined,
    };
    const cases: Pick<Cases, 'tell'> = {
      tell: (_reference, _submission, exchange) => exchange(async () => ({ revision: after.revision, entry: after.entries.at(-1) })),
    };
    const answer = await registeredPathways(cases as Cases, register).tell(after.start.reference, submission);
    expect(written).toEqual([]);
    expect(answer).toMatchObject({ reference: after.start.reference });
  });
});

function recorded(): CaseFile {
  const after = record(given.file, submission);
  if (!('entries' in after)) throw new Error('the fact is refused');
  return after;
}
