import type { Language } from '../domain/words';
import { isOver, monthsOf, yearAround } from '../statistics/periods';
import { publicationInWords, publishable, type Publication, type ShownPublication } from '../statistics/publication';
import type { StatisticView } from '../statistics/view';
import { tableWords } from '../statistics/words';
import type { Hash } from './installation';
import type { Statistics } from './ports/statistics';
import { invalid, Refused } from './refused';
import type { VerbRequest } from './request';
import { idempotencyKey, requestKey } from './requests/idempotency';
import { publicationOrder } from './requests/statisticsShapes';
import { validated } from './requests/validation';
import { languageOf, refuseUnlessReads } from './statisticsReader';

export interface PublicationRequest extends VerbRequest {
  readonly id: string;
}

/** A publication, without its figures. */
export type PublicationSummary = Pick<Publication, 'id' | 'table' | 'period' | 'madeAt' | 'madeBy'> & { readonly title: string };

/** A publication with its figures in words. */
export type PublicationView = PublicationSummary & { readonly statistic: StatisticView };

interface Parts {
  readonly statistics: Statistics;
  readonly hash: Hash;
}

/** Others may publish at the same moment: then the table is protected once more, with theirs. */
const mostTries = 5;

export function publicationsFor({ statistics, hash }: Parts) {
  return {
    /** Publishes a table for a period that is over, once. */
    publish: async (request: VerbRequest): Promise<PublicationView> => {
      const { key, body } = validated({ key: idempotencyKey, body: publicationOrder }, request);
      refuseUnlessReads(request, 'exact');
      if (!isOver(body.period, request.now)) throw invalid({ path: 'period', message: 'is not over yet' });
      const id = hash('publication', requestKey(hash, request.caller, key, body).hash)
        .toString('hex')
        .slice(0, 32);
      return viewOf(await published({ ...body, id, madeAt: request.now, madeBy: request.caller.id }), languageOf(request));
    },

    /** What was published, the newest first. */
    publications: async (request: VerbRequest): Promise<readonly PublicationSummary[]> => {
      validated({}, request);
      refuseUnlessReads(request, 'published');
      const all = await statistics.publications();
      return all.map((each) => summaryOf(each, languageOf(request))).toReversed();
    },

    /** One publication. */
    publication: async (request: PublicationRequest): Promise<PublicationView> => {
      validated({}, request);
      refuseUnlessReads(request, 'published');
      const found = (await statistics.publications()).find(({ id }) => id === request.id);
      if (found === undefined) throw new Refused('not-found', { about: 'statistics' });
      return viewOf(found, languageOf(request));
    },
  };

  async function published(order: Omit<Publication, 'number' | 'content'>): Promise<Publication> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const before = await statistics.publicationsWithCounts();
      const sameKey = before.find(({ id }) => id === order.id);
      if (sameKey !== undefined) return repeated(sameKey, order);
      const there = before.find(({ table, period }) => table === order.table && period === order.period);
      if (there !== undefined) throw new Refused('published-before', { publication: there.id });
      const publication = { ...order, number: before.length + 1, content: await contentOf(order, before) };
      if (await statistics.publish(publication)) return publication;
    }
    throw new Refused('no-answer');
  }

  async function contentOf({ table, period }: Pick<Publication, 'table' | 'period'>, before: readonly Publication[]) {
    const [counts, ofYear] = await Promise.all([monthsOf(period), yearAround(period)].map((months) => statistics.counts(table, months)));
    return publishable({ table, period, counts: counts ?? [], ofYear: ofYear ?? [], published: before });
  }
}

function repeated(publication: Publication, { table, period }: Pick<Publication, 'table' | 'period'>): Publication {
  if (publication.table !== table || publication.period !== period) throw new Refused('idempotency-key-reused');
  return publication;
}

function summaryOf({ id, table, period, madeAt, madeBy }: ShownPublication, language: Language): PublicationSummary {
  return { id, table, title: tableWords[table].title[language], period, madeAt, madeBy };
}

function viewOf(publication: ShownPublication, language: Language): PublicationView {
  return { ...summaryOf(publication, language), statistic: publicationInWords(publication, language) };
}
