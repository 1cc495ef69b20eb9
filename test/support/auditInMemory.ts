import type { Audit, AuditLine, AuditPage, WrittenLine } from '../../src/casework/ports/audit';
import type { CountLine } from '../../src/login/refusedCalls';

export type Line = AuditLine | CountLine;

/** A record of who did what, in memory. It keeps each line with the reference of its case. */
export function auditInMemory() {
  const written: { readonly line: Line; readonly durable: boolean }[] = [];
  let broken = false;
  const writeAll = async (lines: readonly Line[], { durable }: { readonly durable: boolean }) => {
    if (broken) throw new Error('no line can be written');
    written.push(...lines.map((line) => ({ line, durable })));
  };
  const audit = {
    write: async (line: Line, how: { readonly durable: boolean }) => writeAll([line], how),
    writeAll,
    ofCase: async (reference: string, { before = Infinity, from, most }: AuditPage) => {
      const all = written.map(({ line }, place) => ({ seq: place + 1, at: new Date(0).toISOString(), line }));
      const wanted = all.filter(
        ({ seq, at, line }) => 'reference' in line && line.reference === reference && seq < before && at >= (from ?? ''),
      );
      return wanted.reverse().slice(0, most).map(asWritten);
    },
  } satisfies Audit;
  return {
    audit,
    /** The lines in the order in which they were written. */
    lines: () => written.map(({ line }) => line),
    durable: () => written.filter(({ durable }) => durable).map(({ line }) => line),
    breakDown: () => {
      broken = true;
    },
    recover: () => {
      broken = false;
    },
  };
}

function asWritten({ seq, at, line }: { readonly seq: number; readonly at: string; readonly line: Line }): WrittenLine {
  const { who = '', ...others } = line;
  return { seq, at, line: { ...others, who, reference: undefined } };
}
