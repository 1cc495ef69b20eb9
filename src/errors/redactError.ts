/** Redacts an error for the log: its kind, its code and its stack frames. The message is left out, since it can contain data of a case. */
export function redactError(thrown: unknown): object {
  if (!(thrown instanceof Error)) return { name: typeof thrown };
  const { name, stack = '', cause } = thrown;
  const { type } = thrown as { type?: unknown };
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name,
    ...(typeof type === 'string' ? { type } : {}),
    at: frames.slice(0, 8).map((line) => line.trim()),
    ...(cause instanceof Error ? { cause: redactError(cause) } : {}),
  };
}
