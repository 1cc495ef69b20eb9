import { abroad } from './abroad';

/** The United Kingdom but Scotland. */
export const uk202212 = abroad({
  edition: 'UK-2022-12',
  from: '2022-12-13',
  source: 'UK22: at least thirty days; forty-five before',
  length: 'P30D',
});
