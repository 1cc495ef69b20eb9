import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file in which `npm start` writes where its database listens, for other commands on the same data directory. */
export function databasePlaceFile(dataDir: string): string {
  return join(dataDir, 'database.json');
}

/** The directory of the socket of the database that runs on this data directory; undefined if none runs, or none ever did. */
export function socketOf(dataDir: string): string | undefined {
  try {
    const { socket } = JSON.parse(readFileSync(databasePlaceFile(dataDir), 'utf8')) as { readonly socket?: string };
    return socket !== undefined && existsSync(socket) ? socket : undefined;
  } catch {
    return undefined;
  }
}
