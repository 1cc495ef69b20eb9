import { abroad } from './abroad';

/** Bulgaria; since when is not known. */
export const bg = abroad({
  edition: 'BG',
  from: null,
  source: 'BG-REF: thirty days from the formal identification',
  length: 'P30D',
});
