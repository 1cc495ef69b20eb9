import { symbols } from '../requests/references';

/*
 * Buckets of references that begin alike, in the order of references. The name of a bucket is the symbols with which its references begin;
 * the first bucket has an empty name and holds all. A bucket that is too full to be read is left for the narrower ones in it.
 */

export const firstBucket = '';

/** The text with which the references of a bucket begin. */
export function startOfReferences(bucket: string): string {
  return `BT-${bucket.replace(/.{4}(?=.)/g, '$&-')}`;
}

/** The first narrower bucket that may hold a reference after the last one that was read. */
export function narrower(bucket: string, last: string): string {
  const read = last.slice('BT-'.length).replaceAll('-', '');
  return bucket + ((read.startsWith(bucket) && read.charAt(bucket.length)) || symbols.charAt(0));
}

/** The next bucket: the neighbour, or the neighbour of the wider bucket where this one is its last. */
export function nextBucket(bucket: string): string | null {
  if (bucket === firstBucket) return null;
  const wider = bucket.slice(0, -1);
  const position = symbols.indexOf(bucket.slice(-1)) + 1;
  return position < symbols.length ? wider + symbols.charAt(position) : nextBucket(wider);
}
