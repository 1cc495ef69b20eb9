import { abroad } from './abroad';

/** Norway; since when is not known. */
export const no = abroad({
  edition: 'NO',
  from: null,
  source: 'NO-UDI: six months, not renewable',
  length: 'P6M',
});
