import { abroad } from './abroad';

/** Belgium. */
export const be200809 = abroad({
  edition: 'BE-2008-09',
  from: '2008-09-26',
  source: 'BE08: circular of 26 September 2008: 45 days',
  length: 'P45D',
});
