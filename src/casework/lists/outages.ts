import { z } from 'zod';
import { dateOf, minus, startOfDay, type Duration, type Instant } from '../../domain/basics/calendar';
import type { LateMoment, Lists, Outage } from '../ports/lists';
import { Refused } from '../refused';
import { asked, type ListRequest } from './listRequest';

/** A time at which clocks of cases were late. */
export interface OutageView {
  readonly id: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly moments: number;
  readonly worst: Duration | `PT${number}H${number}M`;
}

export interface OutageRequest extends ListRequest {
  readonly outage: string;
}

export interface OutageDetails extends OutageView {
  readonly items: readonly LateMoment[];
}

interface Parts {
  readonly lists: Pick<Lists, 'outages' | 'outage'>;
}

/** Outages of so long are shown, the newest of them, or all in a table; ours. */
const shownFor = 'P1Y';
const most = { shown: 100, whole: 10_000 };
const noOptions = z.strictObject({});

export function outagesFor({ lists }: Parts) {
  return async (request: ListRequest): Promise<{ readonly items: readonly OutageView[] }> => {
    const { now, whole = false } = request;
    const { reach } = asked('outages', noOptions, request);
    const items = await lists.outages({ reach, now, since: since(now), most: whole ? most.whole : most.shown });
    return { items: items.map(viewOf) };
  };
}

/** One outage, with each late moment. */
export function outageFor({ lists }: Parts) {
  return async (request: OutageRequest): Promise<OutageDetails> => {
    const { reach } = asked('lateMoments', noOptions, request);
    const { now, outage } = request;
    const found = await lists.outage(outage, { reach, now, since: since(now), most: most.whole });
    if (found === undefined) throw new Refused('not-found', { about: 'outage' });
    return { ...viewOf(found), items: found.items };
  };
}

function since(now: Instant): Instant {
  return startOfDay(minus(dateOf(now), shownFor));
}

function viewOf({ id, from, until, moments, worst }: Outage): OutageView {
  return { id, from, until, moments, worst: lengthOf(worst) };
}

function lengthOf(minutes: number): OutageView['worst'] {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `PT${rest}M`;
  return rest === 0 ? `PT${hours}H` : `PT${hours}H${rest}M`;
}
