import { dateOf } from '../../domain/basics/calendar';
import type { Language } from '../../domain/words';
import type { Lists } from '../ports/lists';
import type { Schemas } from '../requests/schemas';
import { filterOf, type CaseOptions } from './cases';
import { asked, type ListRequest } from './listRequest';
import { tiles } from './tiles';

export interface BoardRequest extends ListRequest {
  readonly language: Language;
}

export interface TileView {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  /** There are more: the count ends there. */
  readonly atLeast: boolean;
  /** The list of cases that the tile counts. */
  readonly list: CaseOptions;
}

export interface Board {
  readonly items: readonly TileView[];
}

/** A tile counts no further; ours. */
const mostCounted = 1_000;

/** The board of a supervisor's office. */
export function boardFor({ lists, schemas }: { readonly lists: Pick<Lists, 'counts'>; readonly schemas: Schemas }) {
  return async (request: BoardRequest): Promise<Board> => {
    const { caller, now, language } = request;
    const { options, reach } = asked('board', schemas.lists.board, request);
    const { office = caller.office } = options;
    const asLists = tiles.map(({ list }) => ({ ...(office === undefined ? {} : { office }), ...list(dateOf(now)) }));
    const filters = asLists.map((list) => filterOf(list, caller));
    const counts = await lists.counts({ reach, now, filters, most: mostCounted + 1 });
    const items = tiles.map(({ id, title }, place) => {
      const counted = counts[place] ?? 0;
      return {
        ...{ id, title: title[language], count: Math.min(counted, mostCounted), atLeast: counted > mostCounted },
        list: asLists[place] ?? {},
      };
    });
    return { items };
  };
}
