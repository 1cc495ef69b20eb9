/** The role of everybody who connects to the embedded database. */
export const embeddedRole = 'pathways_embedded';

/**
 * Makes the role that may do what API, worker, door and the commands of the register may do together. In production each of them has a login of
 * its own. Here all share one session, and so one role. It may also wrap keys anew: in production the owner of the database does that.
 */
export const makeEmbeddedRole = `
do $$ begin
  if not exists (select from pg_roles where rolname = '${embeddedRole}') then create role ${embeddedRole} nologin; end if;
end $$;
grant pathways_api, pathways_worker, pathways_door, pathways_register to ${embeddedRole};
grant update (wrapped, master_key) on pathways.case_key to ${embeddedRole};
`;
