import type { Refused, RefusedDetails } from '../../casework/refused';
import { Problem } from './problem';

/** The HTTP problem of a refusal of casework: the same code, with a sentence that says what is particular about it. */
export function problemOf({ code, details }: Refused): Problem {
  const { faults, about: _, publication, ...data } = details;
  return new Problem(code, {
    detail: sentenceOf(code, details),
    ...data,
    ...(faults === undefined ? {} : { errors: faults }),
    ...(publication === undefined ? {} : { publication: `/v1/statistics/publications/${publication}` }),
  });
}

function sentenceOf(code: Refused['code'], { about, stage, missing = [] }: RefusedDetails): string | undefined {
  if (about !== undefined) return sentences[about];
  if (code !== 'fact-not-possible' || stage === undefined) return undefined;
  // A partner is told of two stages only; every other one is `other`.
  const now = stage === 'other' ? 'Now' : `In the stage ${stage}`;
  return missing.length === 0
    ? `${now} this fact, as sent, is not possible.`
    : `${now} this fact is not possible before: ${missing.join(', ')}.`;
}

const sentences = {
  deadline: 'This pathway has no such deadline.',
  edition: 'There is no such edition; /v1/policies names those there are.',
  intake: 'The intake is for the team of the case.',
  outage: 'There is no such outage, or it is not for you to see.',
  statistics: 'There is no such table and no such publication; /v1/statistics and /v1/statistics/publications name those there are.',
} as const satisfies Readonly<Record<NonNullable<RefusedDetails['about']>, string>>;
