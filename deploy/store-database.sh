#!/bin/sh
# Makes the database of the service on a PostgreSQL server, and a login for each process that uses it. It may run again: then it sets the
# passwords anew. It connects as the superuser that PGHOST, PGUSER and PGPASSWORD name; each variable below is the password of one login.
set -eu

: "${STORE_OWNER_PASSWORD:?}" "${STORE_API_PASSWORD:?}" "${STORE_WORKER_PASSWORD:?}" "${STORE_DOOR_PASSWORD:?}" "${STORE_RELEASE_PASSWORD:?}" "${STORE_REGISTER_PASSWORD:?}"

# psql reads the passwords itself (\getenv), because everybody on a machine can see the arguments of a command.
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname postgres <<'SQL'
\set database pathways
\getenv database STORE_DATABASE
\getenv owner STORE_OWNER_PASSWORD
\getenv api STORE_API_PASSWORD
\getenv worker STORE_WORKER_PASSWORD
\getenv door STORE_DOOR_PASSWORD
\getenv release STORE_RELEASE_PASSWORD
\getenv register STORE_REGISTER_PASSWORD

select format('create role %I login', name)
from (values ('pathways_owner'), ('pathways_api'), ('pathways_worker'), ('pathways_door'), ('pathways_release'), ('pathways_register')) as wanted(name)
where not exists (select from pg_roles where rolname = name) \gexec

alter role pathways_owner password :'owner';
alter role pathways_api password :'api';
alter role pathways_worker password :'worker';
alter role pathways_door password :'door';
alter role pathways_release password :'release';
alter role pathways_register password :'register';

select format('create database %I owner pathways_owner', :'database')
where not exists (select from pg_database where datname = :'database') \gexec

-- Temporal's own login has no business here, and these logins have none in its databases.
revoke all on database :"database" from public;
grant connect on database :"database" to pathways_api, pathways_worker, pathways_door, pathways_release, pathways_register;
SQL
