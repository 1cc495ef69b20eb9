import { dateOf, daysAfter, daysBetween, mondayUpTo, type PlainDate } from '../../domain/basics/calendar';
import type { ForecastKind } from '../../domain/views/forecast';
import type { StaffList } from '../installation';
import type { Lists } from '../ports/lists';
import type { Schemas } from '../requests/schemas';
import { asked, type ListRequest } from './listRequest';

/** The dates of one week that people prepare for, in the open cases of one office. */
export interface ForecastItem extends Readonly<Record<ForecastKind, number>> {
  /** `2026-W49` (ISO 8601). */
  readonly week: string;
  readonly from: PlainDate;
  readonly office: string;
}

export interface Forecast {
  readonly items: readonly ForecastItem[];
}

interface Parts {
  readonly lists: Pick<Lists, 'forecast'>;
  readonly schemas: Schemas;
  readonly staff: Pick<StaffList, 'offices'>;
}

const usualWeeks = 26;
const none = { decisions: 0, permits: 0, returns: 0, reporting: 0 } as const;

/** The dates that come, week by week; a week without any is there too. */
export function forecastFor({ lists, schemas, staff }: Parts) {
  return async (request: ListRequest): Promise<Forecast> => {
    const { now } = request;
    const { options, reach } = asked('forecast', schemas.lists.forecast, request);
    const { weeks = usualWeeks } = options;
    const from = mondayUpTo(dateOf(now));
    const counted = await lists.forecast({ reach, now, from, before: daysAfter(from, 7 * weeks) });
    const { known } = reach;
    const offices = known === 'all' ? staff.offices.map(({ id }) => id) : known === 'none' ? [] : [known.office];
    const mondays = Array.from({ length: weeks }, (_, place) => daysAfter(from, 7 * place));
    const items = mondays.flatMap((monday) =>
      offices.map((office) => {
        const found = counted.find((each) => each.from === monday && each.office === office);
        return { week: isoWeek(monday), from: monday, office, ...none, ...found };
      }),
    );
    return { items };
  };
}

/** The week of a Monday. The year is that of its Thursday, and the first week is the one with the year's first Thursday. */
function isoWeek(monday: PlainDate): string {
  const thursday = daysAfter(monday, 3);
  const year = thursday.slice(0, 4);
  const number = Math.floor(daysBetween(`${year}-01-01` as PlainDate, thursday) / 7) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}
