import { setCurrentDetails, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { Instant } from '../domain/basics/calendar';
import type { CaseFile } from '../domain/case/caseFile';
import { caseInWords } from '../domain/views/caseInWords';
import { caseAttributes } from '../domain/views/caseAttributes';
import { memoOf } from '../domain/views/caseMemo';
import { attributesOf, searchAttributes } from './messages';

/** Shows a case in the Temporal UI: attributes in the list, and in words what it waits for. */
export function show(file: CaseFile, now: Instant): void {
  showInLists(file, now);
  setCurrentDetails(caseInWords(file, now));
}

/** The case in lists, for the run that begins. */
export function shownInLists(file: CaseFile, now: Instant) {
  return { typedSearchAttributes: attributesOf(caseAttributes(file, now)), memo: { ...memoOf(file, now) } };
}

// Each change is an event in the history, so only changed attributes are written.
function showInLists(file: CaseFile, now: Instant): void {
  const line = attributesOf(caseAttributes(file, now));
  const shown = workflowInfo().typedSearchAttributes;
  const changed = line.getAll().filter(({ key, value }) => String(shown.get(key)) !== String(value));
  const { nextDate, attention } = searchAttributes;
  const isGone = (key: typeof nextDate | typeof attention) => shown.get(key) !== undefined && line.get(key) === undefined;
  const gone = [...(isGone(nextDate) ? [{ key: nextDate, value: null }] : []), ...(isGone(attention) ? [{ key: attention, value: null }] : [])];
  if (changed.length + gone.length > 0) upsertSearchAttributes([...changed, ...gone]);
  // A run without a memo, as in the simulation, is in no list.
  const { memo } = workflowInfo();
  const isChanged = ([name, value]: [string, unknown]) => memo?.[name] !== undefined && memo[name] !== value;
  const news = Object.entries(memoOf(file, now)).filter(isChanged);
  if (news.length > 0) upsertMemo(Object.fromEntries(news));
}
