import type { z } from 'zod';
import type { Caller } from '../../domain/basics/roles';
import type { CaseFilter, CaseItem, Lists, Page } from '../ports/lists';
import type { Schemas } from '../requests/schemas';
import { asked, usualPage, type ListRequest } from './listRequest';

/** A list of cases as it is asked for: one object for the list and for the tile that counts it. */
export type CaseOptions = z.output<Schemas['lists']['cases']>;

/** A page of the cases that the caller may list. */
export function casesFor({ lists, schemas }: { readonly lists: Pick<Lists, 'cases'>; readonly schemas: Schemas }) {
  return async (request: ListRequest): Promise<Page<CaseItem>> => {
    const { caller, now, whole = false } = request;
    const { options, reach } = asked('list', schemas.lists.cases, request);
    const { cursor, limit = usualPage, ...wanted } = options;
    return lists.cases({ reach, now, caller, cursor, wanted, most: whole ? 'all' : limit, filter: filterOf(options, caller) });
  };
}

/** The cases that such a list shows. Where neither a stage nor `open` is named, only open ones. */
export function filterOf({ stage, assignee, dueBefore, open, ...flags }: CaseOptions, { id }: Pick<Caller, 'id'>): CaseFilter {
  return {
    stages: stage,
    open: open === 'true' || stage === undefined,
    member: assignee === undefined ? undefined : id,
    dueBefore,
    overdue: flags.overdue === 'true',
    statutoryOverdue: flags.statutoryOverdue === 'true',
    deadlinePassed: flags.deadlinePassed === 'true',
    escalated: flags.escalated === 'true',
    decisionNeeded: flags.decisionNeeded === 'true',
    unassigned: flags.unassigned === 'true',
    undelivered: flags.undelivered === 'true',
  };
}
