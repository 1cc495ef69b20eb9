/** The role of everybody who connects to the embedded database. */
export const embeddedRole = 'pathways_embedded';

/**
 * Makes the role that may do what API, worker and door may do together. In production each of them has a login of its own. Here all share one
 * session, and so one role. It may also wrap keys anew and import statistics: in production other logins do that.
 */
export const makeEmbeddedRole = `
do $$ begin
  if not exists (select from pg_roles where rolname = '${embeddedRole}') then create role ${embeddedRole} nologin; end if;
end $$;
grant pathways_api, pathways_worker, pathways_door to ${embeddedRole};
grant update (wrapped, master_key) on pathways.case_key to ${embeddedRole};
grant insert, update, delete on pathways.statistics_published_nationality to ${embeddedRole};
`;
