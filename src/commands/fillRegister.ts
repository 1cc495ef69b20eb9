import { instantOf } from '../domain/basics/calendar';
import { redactError } from '../errors/redactError';
import { fromCases } from '../register/rebuild';
import type { Store } from '../store/store';
import { openCases } from './askedCases';
import { Closing } from './closing';
import { log } from './log';
import type { OpenedKeys } from './openKeys';
import { openRegisterIn } from './openRegister';

interface Setting {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly store: Pick<Store, 'register'>;
  readonly seals: OpenedKeys['seals'];
}

/** The cases that are asked at the same time, while people work; ours. */
const atOnce = 2;

/** Fills the register of `npm start` from cases that were opened before there was one. Never rejects: the next start tries again. */
export async function fillRegister({ temporal, store, seals }: Setting, stopping: AbortSignal): Promise<void> {
  const closing = new Closing();
  try {
    const { register: table } = store;
    if (await table.isFilled()) return;
    const cases = await openCases({ temporal, seals, identity: 'register:rebuild' }, closing, stopping);
    const references = await cases.all();
    const register = openRegisterIn(store, seals);
    const pace = { atOnce, stopping };
    const clock = () => instantOf(Date.now());
    const { written, unread } = await fromCases({ register, references, pace, clock, done: () => undefined, cases, table });
    if (unread.length === 0) log.info({ cases: written }, 'the register was filled from the cases');
    else log.error({ cases: unread.length }, 'the register is not filled, since some cases gave no answer: the next start asks again');
  } catch (error) {
    if (!stopping.aborted) log.error({ error: redactError(error) }, 'the register was not filled: the next start tries again');
  } finally {
    await closing.now();
  }
}
