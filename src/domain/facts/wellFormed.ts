/* The check that a value from outside the API is a fact. */

import { isPlainDate, type PlainDate } from '../basics/calendar';
import { idShape, partnerIdShape } from '../basics/ids';
import { consentPurposes, factFields, factTypes, type Fact, type FactType, type Field } from './catalogue';

/*
 * The shape of a fact that comes past the API, which has schemas of its own from the same table, with words for the sender. Everything
 * has a bound: the length of a text, the number of codes in a list, the depth of a correction.
 */

/** Whether something is a fact of ours, whole and with nothing beside it. */
export function isWellFormed(value: unknown): value is Fact {
  return isRecord(value) && typeof value['on'] === 'string' && isFactLike(value, 1);
}

/** A legal date of a fact; the calendar reckons years of four digits. */
export function isDateOfAFact(text: string): text is PlainDate {
  return isPlainDate(text) && text >= '1900' && text < '2200';
}

/** A code of the office's own. */
export const codeShape = /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/;

/** A country of ISO 3166-1, by its form. */
const countryShape = /^[A-Z]{2}$/;

/** The most dependants that an intake may name; ours. */
export const mostDependants = 50;

/** A purpose of consent: one of the purposes, or a hand-over to a partner abroad. */
export const purposeShape = new RegExp(`^(?:${consentPurposes.join('|')}|crossBorder:${partnerIdShape.source.slice(1, -1)})$`);

/** `within`: how many facts deep another may be nested. The `with` of a correction may be a correction whose own `with` is none. */
function isFactLike({ type, on, ...values }: Readonly<Record<string, unknown>>, within: number): boolean {
  const known = factTypes.find((each) => each === type);
  if (known === undefined || !hasItsFields(known, values, within)) return false;
  return on === undefined || (typeof on === 'string' && isDateOfAFact(on));
}

function hasItsFields(type: FactType, values: Readonly<Record<string, unknown>>, within: number): boolean {
  const fields: readonly (readonly [string, Field])[] = Object.entries(factFields[type]);
  const names = fields.map(([name]) => name.replace('?', ''));
  return (
    Object.keys(values).every((name) => names.includes(name)) &&
    fields.every(([name, field]) => {
      const value = values[name.replace('?', '')];
      return value === undefined ? name.endsWith('?') : holds(field, value, within);
    })
  );
}

function holds(field: Field, value: unknown, within: number): boolean {
  if (typeof field === 'object') {
    if (!('listOf' in field)) return isOneOf(field, value);
    return (
      Array.isArray(value) && value.length > 0 && value.length <= field.listOf.length && value.every((each) => isOneOf(field.listOf, each))
    );
  }
  if (field === 'fact') return within > 0 && isRecord(value) && isFactLike(value, within - 1);
  if (field === 'yesNo') return typeof value === 'boolean';
  if (field === 'number') return isSmallNumber(value);
  if (field === 'confirmed') return value === true;
  return typeof value === 'string' && texts[field](value);
}

const isId = (text: string) => idShape.test(text);
const texts = {
  date: isDateOfAFact,
  pastDate: isDateOfAFact,
  country: (text) => countryShape.test(text),
  officeId: isId,
  purpose: (text) => purposeShape.test(text),
  taskId: isId,
  deadlineId: isId,
  factId: isId,
  staffId: isId,
  code: (text) => codeShape.test(text),
} satisfies Record<string, (text: string) => boolean>;

function isSmallNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostDependants;
}

function isOneOf(codes: readonly string[], value: unknown): boolean {
  return codes.some((code) => code === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
