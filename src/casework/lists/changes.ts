import type { Change, Lists, Page } from '../ports/lists';
import type { Schemas } from '../requests/schemas';
import { asked, type ListRequest } from './listRequest';

/** A page of the feed; ours. */
const perPage = 500;

/** The cases that changed since a cursor, for a system that keeps a copy. */
export function changesFor({ lists, schemas }: { readonly lists: Pick<Lists, 'changes'>; readonly schemas: Schemas }) {
  return async (request: ListRequest): Promise<Page<Change>> => {
    const { caller, now, whole = false } = request;
    const { options, reach } = asked('list', schemas.lists.changes, request);
    return lists.changes({ reach, now, caller, cursor: options.cursor, wanted: {}, most: whole ? 'all' : perPage });
  };
}
