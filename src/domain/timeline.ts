import { dateOf, type PlainDate } from './calendar';
import { isFact, type KeptSignal, type RecordedFact } from './caseFile';
import { rowOf } from './facts';
import { factFields, type Field } from './facts/fields';
import { codeInWords, dateInWords, deadlineName, purposeInWords, taskTitle, yesOrNo } from './words';
import type { Code } from './words/codes';
import type { Language, Words } from './words/language';

/** What an entry of the timeline says, in a plain sentence; where it was told later than it happened, with its date. */
export function sentenceOf(entry: RecordedFact | KeptSignal, language: Language): string {
  if (!isFact(entry)) return signals[entry.type][language];
  const fields = factFields[entry.type] as Readonly<Record<string, Field>>;
  const values = entry as unknown as Readonly<Record<string, unknown>>;
  const sentence = rowOf(entry.type).says[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const field = fields[name] ?? fields[`${name}?`];
    return field === undefined || values[name] === undefined ? '' : inWords(field, values[name], language);
  });
  return entry.on === dateOf(entry.receivedAt) ? sentence : `${sentence} ${happenedOn[language]} ${dateInWords(entry.on, language)}.`;
}

function inWords(field: Field, value: unknown, language: Language): string {
  switch (field) {
    case 'date':
      return dateInWords(value as PlainDate, language);
    case 'taskId':
      return taskTitle(value as string, language);
    case 'deadlineId':
      return deadlineName(value as string, language);
    case 'purpose':
      return purposeInWords(value as string, language);
    case 'yesNo':
    case 'confirmed':
      return yesOrNo(value as boolean, language);
    case 'staffId':
    case 'code':
      return String(value);
    default:
      return [value]
        .flat()
        .map((code) => codeInWords(code as Code, language))
        .join(', ');
  }
}

const happenedOn: Words = { nl: 'Dat was op', en: 'That was on' };

/** What a system reported and could not be recorded as a fact. */
const signals: Readonly<Record<KeptSignal['type'], Words>> = {
  declineSignalled: {
    nl: 'Een systeem meldde dat zij niet meewerkt. Dat geldt pas als zij het zelf zegt: de hulpverlener vraagt het haar.',
    en: 'A system reported that she does not cooperate. It counts only once she says so herself: the caseworker asks her.',
  },
  signalNotPossible: {
    nl: 'Een melding over haar medewerking kon op dat moment niet worden vastgelegd. Er is niets veranderd.',
    en: 'A report about her cooperation could not be recorded at that moment. Nothing changed.',
  },
  signalMalformed: {
    nl: 'Een melding over haar medewerking was niet te lezen. Er is niets veranderd.',
    en: 'A report about her cooperation could not be read. Nothing changed.',
  },
};
