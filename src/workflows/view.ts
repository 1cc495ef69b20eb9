import { setCurrentDetails, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { Instant } from '../domain/basics/calendar';
import { situationAt, type CaseFile } from '../domain/case/caseFile';
import { caseInWords } from '../domain/views/caseInWords';
import { caseAttributes } from '../domain/views/caseAttributes';
import { attributesOf, searchAttributes } from './messages';

/** Shows a case in the Temporal UI: attributes in the list, and in words what it waits for. */
export function show(file: CaseFile, now: Instant): void {
  showInLists(file, now);
  setCurrentDetails(caseInWords(file, now));
}

/**
 * The attributes and the memo of a run that begins. The memo holds the day since which the stage holds, encrypted: people without a login
 * may read no date of a case but the next.
 */
export function shownInLists(file: CaseFile, now: Instant) {
  return { typedSearchAttributes: attributesOf(caseAttributes(file, now)), memo: { since: situationAt(file, now).since } };
}

// Each change is an event in the history, so only what differs from what the server has is written.
function showInLists(file: CaseFile, now: Instant): void {
  const line = caseAttributes(file, now);
  const shown = workflowInfo().typedSearchAttributes;
  const changed = attributesOf(line)
    .getAll()
    .filter(({ key, value }) => String(shown.get(key)) !== String(value));
  const gone =
    line.nextDate === null && shown.get(searchAttributes.nextDate) !== undefined ? [{ key: searchAttributes.nextDate, value: null }] : [];
  if (changed.length + gone.length > 0) upsertSearchAttributes([...changed, ...gone]);
  // A run without a memo, as in the simulation, is read by no list.
  const { since } = situationAt(file, now);
  const { memo } = workflowInfo();
  if (memo?.['since'] !== undefined && memo['since'] !== since) upsertMemo({ since });
}
