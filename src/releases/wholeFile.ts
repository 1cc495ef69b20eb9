import { rename, writeFile } from 'node:fs/promises';

/** Writes a file as a whole. A rename is atomic: a stop halfway leaves no half file, which no version could read. */
export async function writeWhole(file: string, content: string | Buffer, { mode }: { readonly mode?: number } = {}): Promise<void> {
  const draft = `${file}.${process.pid}.draft`;
  await writeFile(draft, content, { mode, flush: true });
  await rename(draft, file);
}
