import assert from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';
import vm from 'node:vm';
import type { BuildRules } from '../workflows/rules';

/**
 * The rules of a build, run by the code of the build itself, outside the engine. They are pure: they ask for no clock and no chance.
 * Throws if the code is no bundle of ours.
 */
export function rulesOf(code: string): BuildRules {
  // The globals that the SDK gives a bundle, as far as our modules ask for them while they load.
  const globals = { assert, AsyncLocalStorage, URL, URLSearchParams, TextEncoder, TextDecoder, AbortController };
  const context = vm.createContext({ ...globals, __webpack_module_cache__: {} });
  const realDate: unknown = vm.runInContext('Date', context);
  vm.runInContext(code, context, { filename: 'workflows.js' });
  // The SDK's date asks the run of a case for the time, and here is no run: the calendar library makes an empty date before it fills it.
  Object.assign(context, { Date: realDate });
  const { rules } = vm.runInContext('__TEMPORAL__.importWorkflows()', context) as { readonly rules?: BuildRules };
  if (rules === undefined) throw new Error('the bundle has no rules of its own');
  return rules;
}
