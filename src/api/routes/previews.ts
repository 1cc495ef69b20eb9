import type { Router } from 'express';
import { resources } from '../http/methods';
import { ok, text } from '../http/replies';
import type { RouteParts } from './parts';

/** The dated plan of a case that is only assumed, as JSON or as a calendar. */
export function previewRoutes({ endpoint, casework }: RouteParts): Router {
  return resources({
    '/pathway-previews': {
      post: endpoint.post(async (asked) => {
        if (!asked.asCalendar) return ok({ moments: await casework.preview(asked) }, { Vary: 'Accept' });
        const headers = { 'Content-Language': asked.language, Vary: 'Accept, Accept-Language' };
        return text(await casework.previewAsCalendar(asked), 'text/calendar', headers);
      }),
    },
  });
}
