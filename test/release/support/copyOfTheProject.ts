import { cp, link, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');

/** The project in another folder, with its own sources: a release of tomorrow. */
export interface Copy {
  readonly folder: string;
  /** Changes a text that is once in a file. */
  changes(file: string, from: string, to: string): Promise<void>;
  remove(): Promise<void>;
}

/** Copies the sources and links the packages and the servers. The bundler names packages by their place, so a link to the folder is none. */
export async function copyOfTheProject(): Promise<Copy> {
  await mkdir(join(root, '.cache'), { recursive: true });
  // Hard links work only on one disk.
  const folder = await mkdtemp(join(root, '.cache', 'copy-'));
  for (const name of ['src', 'scripts', 'package.json', 'package-lock.json'])
    await cp(join(root, name), join(folder, name), { recursive: true });
  await linkAll(join(root, 'node_modules'), join(folder, 'node_modules'));
  await mkdir(join(folder, '.cache'));
  await symlink(join(root, '.cache', 'temporal'), join(folder, '.cache', 'temporal'));
  return {
    folder,
    async changes(file, from, to) {
      const path = join(folder, file);
      const text = await readFile(path, 'utf8');
      if (text.split(from).length !== 2) throw new Error(`this text is not once in ${file}: ${from}`);
      await writeFile(
        path,
        text.replace(from, () => to),
      );
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function linkAll(from: string, to: string): Promise<void> {
  await mkdir(to);
  const entries = await readdir(from, { withFileTypes: true });
  for (const entry of entries) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkAll(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await link(source, target);
  }
}
