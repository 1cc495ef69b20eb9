import fc from 'fast-check';
import { epoch, instantOf, type Instant } from '../../src/domain/basics/calendar';
import type { Caller } from '../../src/domain/basics/roles';
import type { CaseFile } from '../../src/domain/case/caseFile';
import { answers } from '../../src/domain/views/answers';
import { keyedHashOf } from '../../src/privacy/keyedHash';
import { openRegister } from '../../src/register/register';
import { aCase, callerOf, instantOfWhen } from '../support/aCase';
import { testKey } from '../support/key';
import { registerInMemory } from '../support/registerInMemory';
import { attempt, someAttempts, someOpening, tellers } from '../support/someFacts';
import { caseKeyOf } from './support/caseKeyOf';

/** Minutes at which a clock that is off by one shows: midnight, the hour of mail, and both changes of the clocks. */
const namedMinutes = ['2027-10-01T00:00', '2027-10-01T08:59', '2027-10-01T09:00', '2027-10-31T02:30', '2028-03-26T03:00'].map(
  instantOfWhen,
);
const callers: readonly Caller[] = [...tellers, { id: 'auditor-1', roles: ['auditor' as const] }].map(callerOf);

function anEmptyRegister() {
  return openRegister({
    table: registerInMemory(),
    keys: caseKeyOf,
    hash: keyedHashOf(testKey),
    damaged: (reference) => {
      throw new Error(`damaged: ${reference}`);
    },
  });
}

describe('a case that is read from the register', () => {
  it('answers every caller as the case itself does, at any minute', async () => {
    const story = fc.tuple(someOpening, someAttempts(12), fc.array(fc.nat(400 * 24 * 60), { minLength: 20, maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(story, async ([opening, attempts, later]) => {
        const given = aCase(opening);
        for (const each of attempts) attempt(given, each);
        const { file } = given;
        const register = anEmptyRegister();
        await register.write({ file, now: given.now });
        const kept = (await register.read(file.start.reference))?.file;
        if (kept === undefined) throw new Error('the register has no such case');
        const minutes = [...namedMinutes, ...later.map((minute) => laterThan(given.now, minute))];
        for (const [place, now] of minutes.filter((minute) => minute >= given.now).entries()) {
          const caller = callers[(place + attempts.length) % callers.length] as Caller;
          expect(allAnswers(kept, caller, now)).toEqual(allAnswers(file, caller, now));
        }
      }),
      { numRuns: Number(process.env['CASES'] ?? 50) },
    );
  });
});

/** Everything that a case answers to a caller, as it travels. */
function allAnswers(file: CaseFile, caller: Caller, now: Instant): unknown {
  const deadlines = file.situation.deadlines.map(({ id }) => answers.certificate(file, { caller, now, deadline: id }));
  const asked = { caller, now };
  return JSON.parse(
    JSON.stringify([answers.pathway(file, asked), answers.intake(file, asked), answers.entries(file, asked), deadlines]),
  ) as unknown;
}

function laterThan(now: Instant, minutes: number): Instant {
  return instantOf(epoch(now) + minutes * 60_000);
}
