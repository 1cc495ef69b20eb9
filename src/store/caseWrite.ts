/** All rows of a case. Dates are `2027-11-30`, instants `2027-11-30T08:00:00Z`; null stands for none. */
export interface CaseWrite {
  readonly reference: string;
  /** Milliseconds since 1970. */
  readonly revision: number;
  /** The revision of a row that is made anew, whatever it says. */
  readonly over?: number | undefined;
  readonly state: {
    readonly form: number;
    readonly writtenAt: string;
    readonly edition: Buffer;
    readonly entries: number;
    readonly sealed: Buffer;
  };
  /** Facts that may be missing yet, by number from 1. */
  readonly facts: readonly { readonly n: number; readonly sealed: Buffer }[];
  readonly line: LineWrite;
  readonly members: readonly { readonly role: string; readonly staffId: string }[];
  readonly due: readonly DueWrite[];
  readonly late: readonly LateWrite[];
  /** The person as statistics count them, under an id that names nobody; null for a person who is not counted, or no longer. */
  readonly person: { readonly id: Buffer; readonly row: object | null };
}

export interface LineWrite {
  readonly office: string;
  readonly stage: string;
  readonly since: string;
  readonly openedOn: string;
  readonly firstDue: string | null;
  readonly overdueFrom: string | null;
  readonly statutoryOverdueFrom: string | null;
  readonly deadlinePassedFrom: string | null;
  /** `escalated`: it is, whatever the hour. */
  readonly escalatesAt: string | null;
  readonly decisionNeeded: boolean;
  readonly unassigned: number;
  readonly undelivered: number;
  readonly hiddenFromPolice: boolean;
}

export interface DueWrite {
  readonly kind: 'task' | 'deadline' | 'other';
  readonly item: Buffer;
  readonly owner: string | null;
  readonly assignee: string | null;
  readonly dueOn: string;
  readonly dueAt: string | null;
  readonly statutory: boolean;
  readonly forecast: Buffer | null;
  /** Changes with anything that the row says. */
  readonly mark: Buffer;
  readonly sealed: Buffer;
}

/** A moment of the clock that came late. */
export interface LateWrite {
  readonly plannedAt: string;
  readonly happenedAt: string;
  readonly sealed: Buffer;
}
