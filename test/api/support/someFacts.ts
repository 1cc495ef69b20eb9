import { factFields, factTypes, type FactType, type Field } from '../../../src/domain/facts/catalogue';
import { daysFromNow } from './service';

/** One well-formed fact of every type, possible in the case or not. */
export const someFacts = factTypes.map((type) => ({ type, ...fieldsOf(type) }));

function fieldsOf(type: FactType): Record<string, unknown> {
  if (type === 'teamChanged') return { role: 'caseworker', staffId: 'caseworker-2' };
  if (type === 'intakeCorrected') return { reason: 'mistake', dependants: 1 };
  return Object.fromEntries(
    Object.entries(factFields[type] as Record<string, Field>)
      .filter(([name]) => !name.endsWith('?'))
      .map(([name, field]) => [name, valueFor(field)]),
  );
}

function valueFor(field: Field): unknown {
  if (typeof field === 'object') return 'listOf' in field ? [field.listOf[0]] : field[0];
  return {
    date: daysFromNow(30),
    pastDate: daysFromNow(0),
    country: 'HU',
    number: 1,
    officeId: 'amsterdam',
    yesNo: true,
    confirmed: true,
    purpose: 'medical',
    taskId: 'safe-bed',
    deadlineId: 'reflection-period',
    factId: 'fact-1',
    fact: { type: 'interviewHeld' },
    staffId: 'caseworker-2',
    code: 'a-code',
  }[field];
}
