/* The dates of a case that a forecast counts: how many of each kind an office has to expect in a week. */

export const forecastKinds = ['decisions', 'permits', 'returns', 'reporting'] as const;
export type ForecastKind = (typeof forecastKinds)[number];

/** By the row of the edition that planned the date. A row that is not here is work of the day, which no week foretells; ours. */
export const forecastOf: Readonly<Record<string, ForecastKind>> = {
  'reflection-period': 'decisions',
  'decide-route': 'decisions',
  'ind-decision': 'decisions',
  'objection-decision': 'decisions',
  'permit-end': 'permits',
  'renewal-application': 'permits',
  'three-years': 'permits',
  'transfer-term': 'returns',
  'departure-term': 'returns',
  'arrival-confirmation': 'returns',
  journey: 'returns',
  'reporting-duty': 'reporting',
  'reporting-duty-as-set': 'reporting',
};
