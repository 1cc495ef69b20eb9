import type { Router } from 'express';
import type { Language } from '../../domain/words';
import { gridOf } from '../../statistics/grid';
import { svgOf } from '../../statistics/svg';
import type { StatisticView } from '../../statistics/view';
import { csvOf } from '../http/csv';
import { tableForms, type Asked, type TableForm } from '../http/endpoint';
import { resources } from '../http/methods';
import { created, ok, text, type Reply } from '../http/replies';
import type { RouteParts } from './parts';

/** Statistics: the tables as they are counted, and as they are published. */
export function statisticsRoutes({ endpoint, casework }: RouteParts): Router {
  return resources({
    '/statistics': { get: endpoint.get(async (asked) => ok({ items: await casework.statisticTables(asked) }, inTheLanguage(asked))) },
    '/statistics/publications': {
      get: endpoint.get(async (asked) => ok({ items: await casework.publications(asked) }, inTheLanguage(asked))),
      post: endpoint.post(async (asked) => {
        const publication = await casework.publish(asked);
        return created(publication, addressOf(publication.id));
      }),
    },
    '/statistics/publications/:publication': {
      get: endpoint.get(async (asked) => {
        const { name, form } = formOf(asked.named['publication'], asked);
        const publication = await casework.publication({ ...asked, id: name });
        return inForm(form, publication, publication.statistic, asked);
      }),
    },
    '/statistics/:table': {
      get: endpoint.get(async (asked) => {
        const { name, form } = formOf(asked.named['table'], asked);
        const statistic = await casework.statistic({ ...asked, table: name });
        return inForm(form, statistic, statistic, asked);
      }),
    },
  });
}

function addressOf(publication: string): string {
  return `/v1/statistics/publications/${publication}`;
}

/** The name in a path, and the form: what the end of the name says, or else what the caller accepts. */
function formOf(named = '', { tableForm }: Asked): { readonly name: string; readonly form: TableForm } {
  const [, name, ending] = /^(.+)\.(json|csv|svg)$/.exec(named) ?? [];
  return name === undefined ? { name: named, form: tableForm } : { name, form: ending as TableForm };
}

async function inForm(form: TableForm, answer: object, statistic: StatisticView, asked: Asked): Promise<Reply> {
  const headers = inTheLanguage(asked);
  switch (form) {
    case 'json':
      return ok(answer, headers);
    case 'csv':
      return text(sheetOf(statistic, asked.language), tableForms.csv, headers);
    case 'svg':
      return text(await svgOf(statistic, asked.language), tableForms.svg, headers);
  }
}

function sheetOf(statistic: StatisticView, language: Language): string {
  const [heading = [], ...lines] = gridOf(statistic, language);
  return csvOf(heading, lines);
}

function inTheLanguage({ language }: Asked): NonNullable<Reply['headers']> {
  return { 'Content-Language': language, Vary: 'Accept, Accept-Language' };
}
