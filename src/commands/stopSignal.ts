const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A signal that is aborted when this process is to stop: by Ctrl-C, by SIGTERM, or because the npm that started us is gone. An npm that is
 * killed with -9 cannot tell us, and we would keep ports and data for nobody.
 */
export function stopSignal(options: { readonly withParent: boolean }): AbortSignal {
  const stopping = new AbortController();
  const stop = (why: string) => stopping.abort(why);
  // The handlers stay while we stop. The terminal sends us Ctrl-C and npm forwards it again; the second one must not kill us halfway.
  for (const name of signals) process.on(name, () => stop(name));
  if (options.withParent) watchParent(() => stop('npm is gone'));
  return stopping.signal;
}

/** Resolves when we are to stop. */
export function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function watchParent(gone: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    gone();
  }, 300);
  watch.unref();
}
