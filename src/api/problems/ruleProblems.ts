/** The kind of request that can be answered with a problem; `none`: a request that is no operation of the API. */
export type Meets = 'any' | 'login' | 'named' | 'aCase' | 'office' | 'body' | 'change' | 'telling' | 'readiness' | 'preview' | 'none';

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

const sendRight = 'Put right what the detail names and send the request again.';

/** A rule of the policy stands against a fact. */
const againstTheRules = (title: string, detail: string, remedy: string): Kind => ({ status: 409, title, detail, remedy, when: 'telling' });

/** The rules of the policy that stand against a fact. */
export const ruleProblems = {
  'fact-not-possible': againstTheRules(
    'Fact not possible',
    'This fact is not possible now.',
    'Tell first what missing names; allowedFacts says what can be told now.',
  ),
  'unknown-task': againstTheRules('Unknown task', 'The pathway has no such task.', 'Take the id from tasks of the pathway.'),
  'date-before-start': againstTheRules('Date before the start', 'The fact is dated before the first indication.', sendRight),
  'already-recorded': againstTheRules(
    'Already recorded',
    'This was recorded before.',
    'Nothing: it stands. If it was told wrong, tell a corrected.',
  ),
  'no-second-period': againstTheRules(
    'No second period',
    'The reflection period is had once.',
    'Nothing: the first period and its end stand in the pathway.',
  ),
  'not-renewable': againstTheRules(
    'Not renewable',
    'A humanitarian permit is never renewed.',
    'See what may follow it: an application for a longer stay, or another route.',
  ),
  'same-person': againstTheRules('The same person', 'Who proposed a route does not decide it.', 'Have another supervisor decide it.'),
  'later-fact-depends': againstTheRules(
    'A later fact depends on it',
    'Without it a later fact would have been impossible; missing names the first.',
    'Correct that later fact first.',
  ),
  'no-proposal': againstTheRules('No proposal', 'There is no open proposal of that route.', 'Tell routeProposed first.'),
  'case-full': againstTheRules(
    'Case full',
    'This pathway holds as many facts, or corrections, as one can carry. It still takes what allowedFacts names: what happened, a wrong fact ' +
      'taken back, and what has to be settled before it is closed. Have a supervisor close it with its result, and open another.',
    'Close it and open another. Where allowedFacts names nothing, ask operations, who can also say which system filled it.',
  ),
} as const satisfies Readonly<Record<string, Kind>>;
