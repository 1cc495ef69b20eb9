import { z } from 'zod';

const example = 'postgres://login:password@host:port/database';

/** The address of the database. Its login and its database must be named: pg would take the user of the machine for both. */
export const databaseUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: `is required: ${example}` })
  .refine(
    (address) => new URL(address).username !== '' && new URL(address).pathname.length > 1,
    `names a login and a database: ${example}`,
  );
