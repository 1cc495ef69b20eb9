import { TestWorkflowEnvironment } from '@temporalio/testing';

/**
 * Runs as a process of its own. It makes the SDK download a server into a directory, by starting the server from there once. Arguments: the
 * name of the server, its version, the directory.
 */
async function download([server, version, downloadDir]: string[]): Promise<void> {
  const executable = { type: 'cached-download', version: version ?? 'default', downloadDir: downloadDir ?? '.' } as const;
  const started =
    server === 'temporal'
      ? await TestWorkflowEnvironment.createLocal({ server: { executable } })
      : await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  await started.teardown();
}

download(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message.split(': error sending request')[0] ?? ''}\n`);
  process.exitCode = 1;
});
