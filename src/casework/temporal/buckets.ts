import { symbols } from '../requests/references';

/*
 * Buckets of references that begin alike, in the order of references: each is named by the symbols with which they begin, the first by none,
 * which all have. One that is too full to be read is left for the narrower ones in it.
 */

export const firstBucket = '';

/** The text with which the references of a bucket begin. */
export function startOfReferences(bucket: string): string {
  return `BT-${bucket.replace(/.{4}(?=.)/g, '$&-')}`;
}

/** Of the narrower buckets in one the first that may hold a reference after the last that was read. */
export function narrower(bucket: string, last: string): string {
  const read = last.slice('BT-'.length).replaceAll('-', '');
  return bucket + ((read.startsWith(bucket) && read.charAt(bucket.length)) || symbols.charAt(0));
}

/** The bucket after one, if it is not the last: its neighbour, or that of the wider one that it ends. */
export function nextBucket(bucket: string): string | null {
  if (bucket === firstBucket) return null;
  const wider = bucket.slice(0, -1);
  const place = symbols.indexOf(bucket.slice(-1)) + 1;
  return place < symbols.length ? wider + symbols.charAt(place) : nextBucket(wider);
}
