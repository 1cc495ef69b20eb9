import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Closing } from '../../src/commands/closing';
import { until } from '../measuring';

// The path that bench/tsconfig.json compiles to.
const compiled = join(__dirname, '..', '..', '.cache', 'bench');
const readyWithinMs = 60_000;

/** The resources that a process uses, with its threads. */
export interface Gauge {
  /** Since the start of the process. */
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** The heap in use, known only after a garbage collection. */
  readonly heapBytes: number;
}

/** A separate process, as in production, which reports the resources that it uses. */
export interface Child {
  gauge(): Promise<Gauge>;
  /** The same after a garbage collection. */
  collect(): Promise<Gauge>;
  ask<T>(question: string): Promise<T>;
  /** Kills the process with -9; resolves when it is gone. */
  kill(): Promise<void>;
  /** Lets the process end by itself, and waits for that. */
  stop(): Promise<void>;
}

interface Order {
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly profile: string | undefined;
}

interface LastingOrder extends Order {
  /** The line that it prints once it is ready. */
  readonly readyWith: string;
}

/** Starts one of our scripts and waits until it is ready. */
export async function startChild({ readyWith, ...order }: LastingOrder, closing: Closing): Promise<Child> {
  const { script } = order;
  const { child, ended } = begin(order, closing);
  await ready(child, readyWith, script);
  const ask = async <T>(question: string): Promise<T> => {
    child.send(question);
    return (await Promise.race([once(child, 'message'), ended.then(() => Promise.reject(new Error(`${script} has ended`)))]))[0] as T;
  };
  return {
    ask,
    gauge: () => ask('gauge'),
    collect: () => ask('collect'),
    kill: () => end(child, ended, 'SIGKILL'),
    stop: () => end(child, ended, 'SIGTERM'),
  };
}

/** Runs one of our scripts to its end; throws its last words if it fails. */
export async function runToEnd(order: Order, closing: Closing): Promise<void> {
  const { child, ended } = begin(order, closing);
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => void (words += chunk.toString()));
  await ended;
  if (child.exitCode !== 0) throw new Error(`${order.script} has failed: ${words}`);
}

function begin({ script, args = [], env = {}, profile }: Order, closing: Closing) {
  const profiling = profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile];
  const options = ['--expose-gc', ...profiling, '--require', join(__dirname, 'gauge.cjs')];
  const child = spawn(process.execPath, [...options, join(compiled, script), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  closing.later(() => end(child, ended, 'SIGTERM'));
  return { child, ended };
}

async function end(child: ChildProcess, ended: Promise<unknown>, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await ended;
}

/** Waits until the process prints its line. Later output is shown: it is a warning, or the reason for its end. */
async function ready(child: ChildProcess, readyWith: string, script: string): Promise<void> {
  let words = '';
  const listen = (chunk: Buffer) => void (words += chunk.toString());
  child.stderr?.on('data', listen);
  await until(`${script} is at work`, readyWithinMs, async () => {
    if (child.exitCode !== null) throw new Error(`${script} has ended: ${words}`);
    return words.includes(readyWith) ? true : undefined;
  });
  child.stderr?.off('data', listen).pipe(process.stderr, { end: false });
}
