/** The kind of request that can be answered with a problem; `none`: a request that is no operation of the API. */
export type Meets =
  'any' | 'login' | 'named' | 'aCase' | 'office' | 'body' | 'change' | 'recording' | 'publishing' | 'readiness' | 'list' | 'none';

export interface Kind {
  readonly status: number;
  readonly title: string;
  /** The sentence where there is none that is more particular. */
  readonly detail: string;
  /** The caller's next step. */
  readonly remedy: string;
  readonly when: Meets;
  /** Seconds to wait before the same request may be sent again; `Retry-After` of the answer. */
  readonly retryAfter?: number;
}

const sendRight = 'Put the named value right and send the request again.';

/** A rule of the policy forbids a fact. */
const againstTheRules = (title: string, detail: string, remedy: string): Kind => ({
  status: 409,
  title,
  detail,
  remedy,
  when: 'recording',
});

/** The rules of the policy that forbid a fact. */
export const ruleProblems = {
  'fact-not-possible': againstTheRules(
    'Fact not possible',
    'This fact is not possible now.',
    'Record first the facts that missing names; allowedFacts names the facts that can be recorded now.',
  ),
  'unknown-task': againstTheRules('Unknown task', 'The pathway has no such task.', 'Take the id from tasks of the pathway.'),
  'date-before-start': againstTheRules('Date before the start', 'The fact is dated before the first indication.', sendRight),
  'already-recorded': againstTheRules(
    'Already recorded',
    'This was recorded before.',
    'Nothing: the fact is recorded. If it is wrong, record a corrected.',
  ),
  'no-second-period': againstTheRules(
    'No second period',
    'There is one reflection period for each case.',
    'Nothing: the first period and its end are in the pathway.',
  ),
  'not-renewable': againstTheRules(
    'Not renewable',
    'A humanitarian permit is never renewed.',
    'Choose another way: an application for a longer stay, or another route.',
  ),
  'same-person': againstTheRules('The same person', 'The proposer of a route does not decide it.', 'Have another supervisor decide it.'),
  'later-fact-depends': againstTheRules(
    'A later fact depends on it',
    'Without it a later fact would have been impossible; missing names the first.',
    'Correct that later fact first.',
  ),
  'no-proposal': againstTheRules('No proposal', 'There is no open proposal of that route.', 'Record routeProposed first.'),
  'case-full': againstTheRules(
    'Case full',
    'This pathway holds as many facts, or corrections, as one can carry. It still takes the facts in allowedFacts: events, a wrong fact taken ' +
      'back, and the last facts before the end. Have a supervisor close it with its result, and open another.',
    'Close it and open another. If allowedFacts is empty, ask operations, who can also say which system filled it.',
  ),
} as const satisfies Readonly<Record<string, Kind>>;
