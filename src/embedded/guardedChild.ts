import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * A shell that holds the child and ends it when our end of the pipe closes: also when we were killed with -9 and could do
 * nothing ourselves. `wait` is asked once and asks nobody else: it has the code also of a child that ended before it, and since
 * the shell traps no signal it never returns early. Detached, the child does not see the terminal's Ctrl-C, which is for us alone.
 */
const guard = `
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
exec >/dev/null 2>&1
( read -r _ <&3; kill -TERM $child; sleep 8; kill -KILL $child ) &
watcher=$!
wait $child
code=$?
kill $watcher
exit $code
`;
const stopMs = 9_000;

/** A server of its own process that never outlives us. */
export interface GuardedChild {
  /** Of the guard: it is there as long as the child is. */
  readonly pid: number | undefined;
  /** Resolves when the child has ended, with what it said last and its exit code; wanted or not. */
  readonly ended: Promise<string>;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts an executable so that it ends with us, however we end. `hear` is told each line that it says on stderr. */
export function startGuarded(executable: string, args: readonly string[], hear?: (line: string) => void): GuardedChild {
  const shell = spawn('/bin/sh', ['-c', guard, 'guard', executable, ...args], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const lastWords = collectLastWords(shell);
  if (hear !== undefined) createInterface({ input: shell.stderr }).on('line', hear);
  const ended = once(shell, 'close').then(([code]) => `${lastWords()} (exit code ${String(code)})`.trim());
  // A child that dies at once closes the pipe under us.
  shell.stdin.on('error', () => undefined);
  // Should the guard itself be killed, its group still is the child's.
  void ended.then(() => endGroup(shell, 'SIGTERM'));
  return { pid: shell.pid, ended, stop: () => stop(shell, ended) };
}

async function stop(shell: ChildProcess, ended: Promise<unknown>): Promise<void> {
  shell.stdin?.end();
  const lastResort = setTimeout(() => endGroup(shell, 'SIGKILL'), stopMs);
  await ended;
  clearTimeout(lastResort);
}

function endGroup(shell: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (shell.pid !== undefined) process.kill(-shell.pid, signal);
  } catch {
    // The group is gone: that is what was wanted.
  }
}

/** Its output is read to the end, or it would block once the pipe is full; only the last of it is of use. */
function collectLastWords(shell: ChildProcess): () => string {
  let words = '';
  const keep = (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-2000);
  };
  shell.stdout?.on('data', keep);
  shell.stderr?.on('data', keep);
  return () => words.trim();
}
