import type { Instant } from '../domain/basics/calendar';
import type { CaseFile } from '../domain/case/caseFile';
import type { PathwayStart } from './messages';
export interface BuildRules {
  readonly forms: { readonly reads: readonly number[]; readonly writes: number };
  carried(file: CaseFile, now: Instant, self: string | undefined): PathwayStart;
  takenOver(carried: unknown, now: Instant, self: string | undefined): CaseFile;
  told(file: CaseFile, now: Instant): ToldCase;
}
export interface ToldCase {
  readonly stage: string;
  readonly entries: number;
  readonly unknown: readonly string[];
  readonly items: Readonly<Record<string, ToldItem>>;
  readonly leaving: number;
  readonly held: number;
  readonly next: Instant | null;
}
export interface ToldItem {
  readonly kind: 'task' | 'deadline';
  readonly due: string;
  readonly isOpen: boolean;
}
const notYet = (): never => {
  throw new Error('not yet');
};
export const rules: BuildRules = { forms: { reads: [1], writes: 1 }, carried: notYet, takenOver: notYet, told: notYet };
