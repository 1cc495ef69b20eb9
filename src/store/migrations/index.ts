import type { Migration } from 'kysely';
import { keys } from './0001-keys';
import { audit } from './0002-audit';
import { sessions } from './0003-sessions';
import { release } from './0004-release';
import { register } from './0005-register';
import { statistics } from './0006-statistics';

/** Every migration by the name of its file. They run in the order of their names, and never change once released. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-keys': keys,
  '0002-audit': audit,
  '0003-sessions': sessions,
  '0004-release': release,
  '0005-register': register,
  '0006-statistics': statistics,
};
