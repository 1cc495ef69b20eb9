import type { Router } from 'express';
import { resources } from '../http/methods';
import type { Asked } from '../http/endpoint';
import type { Reply } from '../http/replies';
import { queryOf } from '../http/query';
import { listReply } from '../http/tables';
import { ofBoard, ofChanges, ofForecast, ofMoments, ofOutages, ofTasks } from './columns';
import type { RouteParts } from './parts';
import { addressOf } from './pathways';

/** The lists across cases, each as JSON or as CSV. */
export function listRoutes({ endpoint, casework }: RouteParts): Router {
  const list = (answer: (asked: Asked) => Promise<Reply>) => ({ get: endpoint.get(answer) });
  return resources({
    '/tasks': list(async (asked) => {
      const { items, next } = await casework.tasks(asked);
      const withPaths = items.map((item) => ({ ...item, pathway: addressOf(item.reference) }));
      return listReply(asked, { items, next, columns: ofTasks, body: { items: withPaths, next } });
    }),
    '/boards/supervisor': list(async (asked) => {
      const { items } = await casework.board(asked);
      const tiles = items.map((tile) => ({ ...tile, list: `/v1/pathways${queryOf(tile.list)}` }));
      return listReply(asked, { items: tiles, columns: ofBoard, body: { tiles } });
    }),
    '/forecast': list(async (asked) => {
      const { items } = await casework.forecast(asked);
      return listReply(asked, { items, columns: ofForecast, body: { items } });
    }),
    '/changes': list(async (asked) => {
      const { items, next } = await casework.changes(asked);
      return listReply(asked, { items, next, columns: ofChanges, body: { items, next } });
    }),
    '/outages': list(async (asked) => {
      const { items } = await casework.outages(asked);
      return listReply(asked, { items, columns: ofOutages, body: { items } });
    }),
    '/outages/:outage': list(async (asked) => {
      const { items, ...outage } = await casework.outage({ ...asked, outage: asked.named['outage'] ?? '' });
      return listReply(asked, { items, columns: ofMoments, body: { ...outage, items } });
    }),
  });
}
