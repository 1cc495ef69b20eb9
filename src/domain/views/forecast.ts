/* The dates of a case that a forecast counts: how many of each kind an office has to expect in a week. */

export const forecastKinds = ['decisions', 'permits', 'returns', 'reporting'] as const;
export type ForecastKind = (typeof forecastKinds)[number];

/**
 * By the row of the edition that planned the date. A row that is not here is work of the day, which no week foretells, or has the day of another
 * row, as the renewal of a permit has that of its end; ours.
 */
export const forecastOf: Readonly<Record<string, ForecastKind>> = {
  'reflection-period': 'decisions',
  'decide-route': 'decisions',
  'ind-decision': 'decisions',
  'objection-decision': 'decisions',
  'permit-end': 'permits',
  'three-years': 'permits',
  'transfer-term': 'returns',
  'departure-term': 'returns',
  'arrival-confirmation': 'returns',
  journey: 'returns',
  'reporting-duty': 'reporting',
  'reporting-duty-as-set': 'reporting',
};
