/* The sentences of the timeline. */

import { dateOf, type PlainDate } from '../basics/calendar';
import { isFact, isKnown, type CountedSignals, type LogEntry, type KeptSignal } from '../facts/log';
import { kebabCase } from '../basics/ids';
import { rowOf } from '../rules';
import { factFields, type Fact, type Field, type RightFact } from '../facts/catalogue';
import { codeInWords, dateInWords, deadlineName, purposeInWords, taskTitle, yesOrNo } from '../words';
import type { Code } from '../words/codes';
import type { Language, Words } from '../basics/language';

/** An entry of the timeline as a plain sentence, with its date if it was received on a later day. */
export function sentenceOf(entry: LogEntry | CountedSignals, language: Language): string {
  if (entry.type === 'signalsCounted') return countInWords(entry, language);
  if (!isFact(entry)) return isKnown(entry) ? signals[entry.type][language] : unknownInWords(entry, language);
  return factInWords(entry, entry.on === dateOf(entry.receivedAt) ? undefined : entry.on, language);
}

/** How deep right facts are shown; a recorded one goes no deeper (`facts/wellFormed.ts`). */
const deepestCorrection = 2;

/**
 * The fields of a fact as everybody who sees the case may read them. Of an intake that was put right only the names of its fields are shown:
 * the data themselves are for the team (docs/http.md, the intake). Of an unknown fact none is shown: nobody here can say whom it is for.
 */
export function shownFields({ type, ...values }: RightFact, within = deepestCorrection): Readonly<Record<string, unknown>> {
  if (!isKnown({ type })) return values.on === undefined ? {} : { on: values.on };
  if (type === 'intakeCorrected') {
    const { reason, on, ...data } = values;
    return { ...(on === undefined ? {} : { on }), reason, putRight: Object.keys(data) };
  }
  const right = values['with'] as RightFact | undefined;
  if (right === undefined) return values;
  return { ...values, with: within > 0 ? { type: right.type, ...shownFields(right, within - 1) } : { type: right.type } };
}

function factInWords(fact: RightFact, happenedOn: PlainDate | undefined, language: Language): string {
  const sentence = isKnown(fact) ? saidBy(fact, language) : unknownInWords(fact, language);
  const date = happenedOn === undefined ? '' : ` ${thatWasOn[language]} ${dateInWords(happenedOn, language)}.`;
  return `${sentence}${date}`;
}

function saidBy({ type, ...values }: RightFact, language: Language): string {
  const fields = factFields[type] as Readonly<Record<string, Field>>;
  const { says, alsoSays } = rowOf(type);
  const more = alsoSays?.({ type, ...values } as Fact) ?? null;
  const template = more === null ? says[language] : `${says[language]} ${more[language]}`;
  const sentence = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const field = fields[name] ?? fields[`${name}?`];
    return field === undefined || values[name] === undefined ? '' : inWords(field, values[name], language);
  });
  return sentence.trim();
}

/** What a newer build recorded, by its type: this build has no words for it. */
function unknownInWords({ type }: Pick<LogEntry, 'type'>, language: Language): string {
  const name = kebabCase(type).replaceAll('-', ' ');
  return {
    nl: `Een latere versie van deze dienst legde vast: ${name}. Nu heeft dat geen gevolg.`,
    en: `A later version of this service recorded: ${name}. It has no effect now.`,
  }[language];
}

function inWords(field: Field, value: unknown, language: Language): string {
  switch (field) {
    case 'date':
    case 'pastDate':
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
    case 'fact':
      return factInWords(value as RightFact, (value as RightFact).on, language);
    case 'factId':
    case 'staffId':
    case 'code':
    case 'country':
    case 'number':
    case 'officeId':
      return String(value);
    default:
      return [value]
        .flat()
        .map((code) => codeInWords(code as Code, language))
        .join(', ');
  }
}

/** The number of signals beside those that are kept. */
function countInWords({ number, receivedAt }: CountedSignals, language: Language): string {
  const last = dateInWords(dateOf(receivedAt), language);
  if (language === 'nl')
    return number === 1
      ? `En nog 1 melding over de medewerking, op ${last}, die alleen is geteld. Er is niets veranderd.`
      : `En nog ${number} meldingen over de medewerking, die alleen zijn geteld; de laatste op ${last}. Er is niets veranderd.`;
  return number === 1
    ? `And 1 more report about the cooperation, on ${last}, which was only counted. Nothing changed.`
    : `And ${number} more reports about the cooperation, which were only counted; the last on ${last}. Nothing changed.`;
}

const thatWasOn: Words = { nl: 'Dat was op', en: 'That was on' };

/** Signals that could not be recorded as facts. */
const signals: Readonly<Record<KeptSignal['type'], Words>> = {
  declineSignalled: {
    nl: 'Een systeem meldde dat betrokkene niet meewerkt. Dat geldt pas als betrokkene het zelf zegt: de hulpverlener vraagt het na.',
    en: 'A system reported that the person does not cooperate. It counts only once the person says so: the caseworker asks.',
  },
  signalNotPossible: {
    nl: 'Een melding over de medewerking kon op dat moment niet worden vastgelegd. Er is niets veranderd.',
    en: 'A report about the cooperation could not be recorded at that moment. Nothing changed.',
  },
  signalMalformed: {
    nl: 'Een melding over de medewerking was niet te lezen. Er is niets veranderd.',
    en: 'A report about the cooperation could not be read. Nothing changed.',
  },
};
