#!/bin/sh
# Starts a PostgreSQL of its own for the tests, runs the given command with
# BROADSHEET_TEST_POSTGRES set, and stops the server again. The server listens
# on a socket in a new folder only. As root it runs as the user "postgres".
set -eu
dir=$(mktemp -d)
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
as() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir"
    as() { (cd / && setpriv --reuid=postgres --regid=postgres --init-groups env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@"); }
fi
as "$bin/initdb" -D "$dir/data" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
stop() { as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$dir"; }
trap stop EXIT INT TERM
as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-c listen_addresses= -c unix_socket_directories=$dir -c max_connections=200" start >/dev/null || { cat "$dir/log" >&2; exit 1; }
chmod 755 "$dir"
BROADSHEET_TEST_POSTGRES="postgres://postgres@/postgres?host=$dir" "$@"
