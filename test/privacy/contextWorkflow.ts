import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';

/** Uses every path by which a payload enters or leaves a workflow, and keeps the received values. */
export const told = defineSignal<[string]>('told');
export const asked = defineUpdate<string, [string]>('asked');
export const heard = defineQuery<readonly unknown[], [string]>('heard');

const { repeat } = proxyActivities<{ repeat(word: string): Promise<string> }>({ startToCloseTimeout: '10 s', summary: 'secret summary' });

export async function listener(words: readonly unknown[], rest: boolean): Promise<readonly unknown[]> {
  let all = words;
  setHandler(told, (word) => {
    all = [...all, word];
  });
  setHandler(
    asked,
    (word) => {
      all = [...all, word];
      return `${word} answered`;
    },
    {
      validator: (word) => {
        if (word === 'secret refused') throw new Error('secret refusal');
      },
    },
  );
  setHandler(heard, (word) => [...all, word]);
  setCurrentDetails('secret details');
  const repeated = await repeat('secret activity');
  all = [...all, repeated];
  if (rest) return continueAsNew<typeof listener>(all, false);
  await condition(() => all.includes('secret signal'), '1 hour', { summary: 'secret timer' });
  return all;
}
