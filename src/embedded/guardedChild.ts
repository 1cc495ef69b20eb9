import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * A shell that holds the child and ends it when our end of the pipe closes. This works even if we were killed with -9 and could do nothing.
 * `wait` is called once and for one process only, so it also has the exit code of a child that ended earlier. The shell traps no signal, so
 * `wait` never returns early.
 * The child is detached, so it does not see the Ctrl-C of the terminal, which is meant for us alone.
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

/** A server in a process of its own, which never outlives us. */
export interface GuardedChild {
  /** The process id of the guard, which lives exactly as long as the child. */
  readonly pid: number | undefined;
  /** Resolves when the child has ended, whether we asked for it or not. It gives the child's last output and its exit code. */
  readonly ended: Promise<string>;
  /** Ends the child and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts an executable that ends when we end, for whatever reason. `hear` is called with each line that it writes to stderr. */
export function startGuarded(executable: string, args: readonly string[], hear?: (line: string) => void): GuardedChild {
  const shell = spawn('/bin/sh', ['-c', guard, 'guard', executable, ...args], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const lastWords = collectLastWords(shell);
  if (hear !== undefined) createInterface({ input: shell.stderr }).on('line', hear);
  const ended = once(shell, 'close').then(([code]) => `${lastWords()} (exit code ${String(code)})`.trim());
  // A child that dies at once closes the pipe while we still hold it.
  shell.stdin.on('error', () => undefined);
  // If the guard itself is killed, the child is still in the guard's process group.
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
    // The group is already gone, so there is nothing left to end.
  }
}

/** All output is read, because a full pipe would block the child. Only the last 2,000 characters are kept. */
function collectLastWords(shell: ChildProcess): () => string {
  let words = '';
  const keep = (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-2000);
  };
  shell.stdout?.on('data', keep);
  shell.stderr?.on('data', keep);
  return () => words.trim();
}
