/** A strict check of a calendar file against RFC 5545, line by line. Parsers forgive faults that people's programs do not. */

/** The violations of RFC 5545 in a file; empty for a correct file. */
export function faultsIn(file: Buffer): string[] {
  const lines = file.toString('latin1').split('\r\n');
  const unfolded = contentLines(file);
  return [
    ...(lines.at(-1) === '' ? [] : ['3.1: the last line does not end in CRLF']),
    ...(lines.some((line) => /[\r\n]/.test(line)) ? ['3.1: a line ends in something else than CRLF'] : []),
    ...(lines.some((line) => line.length > 75) ? ['3.1: a line is longer than 75 octets'] : []),
    ...(lines.slice(0, -1).includes('') ? ['3.1: an empty line'] : []),
    ...(lines.some((line) => !isUtf8(Buffer.from(line, 'latin1'))) ? ['3.1: a character is cut in two'] : []),
    ...unfolded.filter((line) => !contentLine.test(line)).map((line) => `3.1: not a content line: ${line}`),
    ...(unfolded[0] === 'BEGIN:VCALENDAR' && unfolded.at(-1) === 'END:VCALENDAR' ? [] : ['3.4: not one iCalendar object']),
    ...faultsOf('3.6: VCALENDAR', propertiesOutside(unfolded), { VERSION: /^2\.0$/, PRODID: /^-\/\/[^;:,]+\/\/[^;:,]+\/\/[A-Z]{2}$/ }),
    ...events(unfolded).flatMap((event) => [
      ...faultsOf('3.6.1: VEVENT', event, { UID: /^[!-~]+$/, DTSTAMP: utc, DTSTART: /^\d{8}(T\d{6}Z)?$/, SUMMARY: text }),
      ...(valueOf(event, 'DTEND') === undefined || isDate(event, 'DTSTART') === isDate(event, 'DTEND')
        ? []
        : ['3.6.1: DTEND is of another type']),
      ...((valueOf(event, 'DTEND') ?? '9') > (valueOf(event, 'DTSTART') ?? '') ? [] : ['3.6.1: DTEND is not later than DTSTART']),
      ...(isDate(event, 'DTSTART') === /^DTSTART;VALUE=DATE:/m.test(event.join('\n'))
        ? []
        : ['3.8.2.4: a date that is not said to be one']),
    ]),
    ...(new Set(events(unfolded).map((event) => valueOf(event, 'UID'))).size === events(unfolded).length
      ? []
      : ['3.8.4.7: a UID comes twice']),
  ];
}

const contentLine = /^(?:X-[A-Z\d-]+|[A-Z][A-Z\d-]*)(?:;[A-Z\d-]+=(?:"[^"]*"|[^";:,\p{Cc}]+))*:[^\p{Cc}]*$/u;
const utc = /^\d{8}T\d{6}Z$/;
/** 3.3.11: comma, semicolon and backslash are escaped. */
const text = /^(?:[^\\;,]|\\[\\;,nN])+$/;

function contentLines(file: Buffer): string[] {
  return file
    .toString()
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')
    .slice(0, -1);
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString()).equals(bytes);
}

function events(lines: readonly string[]): string[][] {
  return lines
    .join('\n')
    .split('BEGIN:VEVENT\n')
    .slice(1)
    .map((event) => event.slice(0, event.indexOf('END:VEVENT')).trimEnd().split('\n'));
}

function propertiesOutside(lines: readonly string[]): string[] {
  return lines
    .join('\n')
    .replaceAll(/BEGIN:VEVENT[^]*?END:VEVENT\n/g, '')
    .split('\n');
}

/** Each of these properties occurs once and has the right value. */
function faultsOf(where: string, lines: readonly string[], needed: Readonly<Record<string, RegExp>>): string[] {
  return Object.entries(needed).flatMap(([name, shape]) => {
    const values = lines.filter((line) => new RegExp(`^${name}[;:]`).test(line));
    return values.length === 1 && shape.test(valueOf(lines, name) ?? '') ? [] : [`${where} has no right ${name}`];
  });
}

function valueOf(lines: readonly string[], name: string): string | undefined {
  const line = lines.find((each) => new RegExp(`^${name}[;:]`).test(each));
  return line?.slice(line.indexOf(':') + 1);
}

function isDate(lines: readonly string[], name: string): boolean {
  return /^\d{8}$/.test(valueOf(lines, name) ?? '');
}
