import { abroad } from './abroad';

/** Germany; before that day it was one month. */
export const de201111 = abroad({
  edition: 'DE-2011-11',
  from: '2011-11-26',
  source: 'DE-KOK: section 59(7) of the Residence Act: at least three months',
  length: 'P3M',
});
