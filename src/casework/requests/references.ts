/** Crockford's base 32, in the order in which texts are sorted. */
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 12;
const shape = new RegExp(`^BT(-[${symbols}]{4}){3}-[${symbols}]$`);

/** A case's reference, `BT-7K3M-9QX2-4HTW-8`: sixty bits of a hash in Crockford's base 32, and a check character. It tells nothing. */
export function referenceFrom(hash: Buffer): string {
  const bits = hash.readBigUInt64BE() >> 4n;
  const digits = Array.from({ length }, (_, place) => Number((bits >> BigInt(5 * (length - 1 - place))) & 31n));
  const text = [...digits, twice(weighed(digits))].map((digit) => symbols.charAt(digit)).join('');
  return `BT-${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8, 12)}-${text.slice(12)}`;
}

/** Whether a text can be a reference. One wrong character is always noticed, and so are two that changed places. */
export function isReference(text: string): boolean {
  return shape.test(text) && weighed(Array.from(text.slice(3).replaceAll('-', ''), (symbol) => symbols.indexOf(symbol))) === 0;
}

// A polynomial over the field of 32 elements: each place has a weight of its own, which a plain sum would not give it.
function weighed(digits: readonly number[]): number {
  return digits.reduce((sum, digit) => twice(sum) ^ digit, 0);
}

function twice(digit: number): number {
  return digit < 16 ? digit << 1 : (digit << 1) ^ 0b100101;
}
