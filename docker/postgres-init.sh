#!/bin/sh
# Runs once, in an empty PostgreSQL: the three roles, the database and what only a superuser may add to it.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner="$SANGKROH_OWNER_PASSWORD" --set app="$SANGKROH_APP_PASSWORD" --set intake="$SANGKROH_INTAKE_PASSWORD" <<'SQL'
CREATE ROLE sangkroh_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS PASSWORD :'owner';
CREATE ROLE sangkroh_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app';
CREATE ROLE sangkroh_intake LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'intake';
CREATE DATABASE sangkroh OWNER sangkroh_owner;
\connect sangkroh
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gin;
CREATE EXTENSION btree_gist;
SQL
