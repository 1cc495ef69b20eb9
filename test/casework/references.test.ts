import { createHash } from 'node:crypto';
import { isReference, referenceFrom } from '../../src/casework/requests/references';

const references = Array.from({ length: 200 }, (_, at) => referenceFrom(createHash('sha256').update(`request ${at}`).digest()));
const symbols = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ');

describe('the reference of a case', () => {
  it('has three groups of four and a check character, without letters that look alike', () => {
    for (const reference of references) expect(reference).toMatch(/^BT(-[0-9A-HJKMNP-TV-Z]{4}){3}-[0-9A-HJKMNP-TV-Z]$/);
  });

  it('is the same for the same request, and different for another', () => {
    expect(referenceFrom(createHash('sha256').update('request 0').digest())).toBe(references[0]);
    expect(new Set(references).size).toBe(references.length);
  });

  it('is recognised as a reference', () => {
    for (const reference of references) expect(isReference(reference)).toBe(true);
  });

  it('is invalid if one character is changed', () => {
    for (const reference of references.slice(0, 20))
      for (const place of places(reference))
        for (const symbol of symbols.filter((each) => each !== reference[place]))
          expect(isReference(reference.slice(0, place) + symbol + reference.slice(place + 1))).toBe(false);
  });

  it('is invalid if two characters have changed places', () => {
    for (const reference of references.slice(0, 20))
      for (const one of places(reference))
        for (const other of places(reference).filter((place) => reference[place] !== reference[one]))
          expect(isReference(swapped(reference, one, other))).toBe(false);
  });

  it.each(['', 'BT', 'BT-7K3M-9QX2-4HTW', 'bt-7k3m-9qx2-4htw-8', 'BT-7K3M-9QX2-4HTW-8-8', "BT-7K3M-9QX2-4HT'-8", 'BT-ILOU-9QX2-4HTW-8'])(
    'is not %p',
    (text) => {
      expect(isReference(text)).toBe(false);
    },
  );
});

function places(reference: string): number[] {
  return Array.from(reference, (_, place) => place).filter((place) => place > 2 && reference[place] !== '-');
}

function swapped(text: string, one: number, other: number): string {
  const characters = Array.from(text);
  [characters[one], characters[other]] = [characters[other] ?? '', characters[one] ?? ''];
  return characters.join('');
}
