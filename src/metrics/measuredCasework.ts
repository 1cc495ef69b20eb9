import type { Casework } from '../casework/casework';
import type { CaseRegister } from '../casework/ports/caseRegister';
import type { Cases } from '../casework/ports/pathways';
import type { Meters } from './meters';

/** The same verbs; those that change something are timed. `statusOf`: the status with which the front end answers a failure. */
export function measuredCasework(casework: Casework, statusOf: (failure: unknown) => number, { measure }: Meters): Casework {
  const timed =
    <Request, Answer>(command: 'open' | 'tell' | 'publish', verb: (request: Request) => Promise<Answer>) =>
    async (request: Request): Promise<Answer> => {
      const began = performance.now();
      const ended = (result: 'done' | 'refused' | 'failed') =>
        measure('pathways_command_duration_seconds', (performance.now() - began) / 1_000, { command, result });
      try {
        const answer = await verb(request);
        ended('done');
        return answer;
      } catch (failure) {
        ended(statusOf(failure) < 500 ? 'refused' : 'failed');
        throw failure;
      }
    };
  return {
    ...casework,
    open: timed('open', casework.open),
    tell: timed('tell', casework.tell),
    publish: timed('publish', casework.publish),
  };
}

/** The same cases and register. Each write that a case takes over is counted, once the case has it. */
export function measuredTakeovers<Register extends CaseRegister>(cases: Cases, register: Register, { measure }: Meters) {
  return {
    cases: {
      ...cases,
      askToRegister: async (...asked: Parameters<Cases['askToRegister']>) => {
        await cases.askToRegister(...asked);
        measure('pathways_writes_taken_over_total', 1, { since: 'not-written' });
      },
    } satisfies Cases,
    register: {
      ...register,
      takenOver: (...taken: Parameters<CaseRegister['takenOver']>) => {
        register.takenOver(...taken);
        measure('pathways_writes_taken_over_total', 1, { since: 'not-read' });
      },
    } satisfies CaseRegister,
  };
}
