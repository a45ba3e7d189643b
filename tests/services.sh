# Finds, installs, starts and stops the PostgreSQL and the Redis of a test run. Sourced by tests/run.

postgres_version_min=15
redis_version_min=7
services_dir='' compose_project='' policy_file=''
# Set by whoever measures: a PostgreSQL that waits for the disk, as a shop's does.
services_durable=''
# Set by whoever starts a standby, too (start_standby): a log that it can follow.
services_followed='' standby_url=''

# Exports VITRINE_TEST_DATABASE_URL and VITRINE_TEST_REDIS_URL, and starts what is behind them.
start_services() {
  local given_database=${VITRINE_TEST_DATABASE_URL:-} given_redis=${VITRINE_TEST_REDIS_URL:-}
  if [ -n "$given_database" ] && [ -n "$given_redis" ]; then return 0; fi
  printf '\n=== starting services\n'
  services_dir=$(mktemp -d "${TMPDIR:-/tmp}/vitrine-tests.XXXXXX") || return 1
  find_programs
  if programs_missing && can_install; then
    install_programs || echo "tests/run: the packages could not be installed" >&2
    find_programs
  fi
  if ! programs_missing; then
    [ -n "$given_database" ] || start_postgres || return 1
    [ -n "$given_redis" ] || start_redis || return 1
  elif docker compose version >/dev/null 2>&1 && docker info >/dev/null 2>&1; then
    start_compose || return 1
  else
    explain_missing
    return 1
  fi
  echo "PostgreSQL: $VITRINE_TEST_DATABASE_URL"
  echo "Redis:      $VITRINE_TEST_REDIS_URL"
}

# Safe to call at any time, also half way through a start.
stop_services() {
  [ -z "$policy_file" ] || as_root rm -f "$policy_file"
  if [ -n "$compose_project" ]; then
    docker compose --project-name "$compose_project" down --volumes --timeout 5 >/dev/null 2>&1
  fi
  [ -n "$services_dir" ] || return 0
  if [ -s "$services_dir/redis/pid" ]; then kill "$(cat "$services_dir/redis/pid")" 2>/dev/null; fi
  local data
  for data in "$services_dir/standby/data" "$services_dir/postgres"; do
    if [ -e "$data/postmaster.pid" ]; then
      as_postgres "$postgres_bin/pg_ctl" stop -D "$data" -m immediate >/dev/null 2>&1
    fi
  done
  rm -rf "$services_dir"
}

# --- Which programs there are ---

find_programs() {
  local candidate
  postgres_bin='' redis_server=''
  # Debian keeps PostgreSQL's programs off the PATH, in one folder a version.
  for candidate in $(command -v pg_ctl) $(ls -d /usr/lib/postgresql/*/bin/pg_ctl 2>/dev/null | sort -rV); do
    if [ "$(major_version "$candidate")" -ge $postgres_version_min ]; then
      postgres_bin=$(dirname "$(readlink -f "$candidate")")
      break
    fi
  done
  candidate=$(command -v redis-server) && [ "$(major_version "$candidate")" -ge $redis_version_min ] &&
    redis_server=$candidate
}

# "pg_ctl (PostgreSQL) 15.12" and "Redis server v=7.0.15 sha=..." alike; 0 if it does not say.
major_version() {
  local version
  version=$("$1" --version 2>/dev/null | grep -oE '[0-9]+' | head -n 1)
  echo "${version:-0}"
}

programs_missing() {
  [ -z "$given_database$postgres_bin" ] || [ -z "$given_redis$redis_server" ]
}

explain_missing() {
  cat >&2 <<TEXT
tests/run needs PostgreSQL $postgres_version_min or newer and Redis $redis_version_min or newer, or an engine for \`docker compose\`.
  Debian, Ubuntu:  apt-get install postgresql redis-server
  Fedora:          dnf install postgresql-server redis
  macOS:           brew install postgresql@17 redis    (and put postgresql@17's bin folder on the PATH)
Or point VITRINE_TEST_DATABASE_URL and VITRINE_TEST_REDIS_URL at running ones,
or run \`tests/run --embedded\`, which needs neither.
TEXT
}

# --- Installing, on Debian and its children ---

can_install() {
  command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

install_programs() {
  echo 'installing postgresql and redis-server'
  # A machine that had neither before shall not serve them after: policy-rc.d keeps the packages
  # from starting anything now, and disabling them keeps the next boot from it.
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    policy_file=/usr/sbin/policy-rc.d
    printf '#!/bin/sh\nexit 101\n' | as_root tee $policy_file >/dev/null && as_root chmod 755 $policy_file
  fi
  as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      postgresql redis-server >"$services_dir/apt.log" 2>&1 || { tail -n 20 "$services_dir/apt.log" >&2; return 1; }
  if [ -d /run/systemd/system ]; then as_root systemctl disable --quiet postgresql redis-server; fi
  if [ -n "$policy_file" ]; then as_root rm -f $policy_file && policy_file=''; fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# --- Starting ---

start_postgres() {
  local data=$services_dir/postgres attempt port
  mkdir -p "$data" || return 1
  # Started by root, it runs as another user, who must get through to its folder.
  if [ "$(id -u)" = 0 ]; then chmod 711 "$services_dir" && chown "$(postgres_user)" "$data" || return 1; fi
  as_postgres "$postgres_bin/initdb" -D "$data" --username=vitrine --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >/dev/null || return 1
  cat >>"$data/postgresql.conf" <<'CONF'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 300
max_wal_size = 4GB
CONF
  # Where nobody follows, the log need not say more than what a restart takes.
  [ -n "$services_followed" ] || printf '%s\n' 'wal_level = minimal' 'max_wal_senders = 0' >>"$data/postgresql.conf"
  if [ -n "$services_durable" ]; then
    printf '%s\n' "shared_buffers = '1GB'" "random_page_cost = 1.1" "checkpoint_timeout = '15min'" >>"$data/postgresql.conf"
  else
    # The tests throw this cluster away: durability would only make them slow.
    printf '%s\n' 'fsync = off' 'synchronous_commit = off' 'full_page_writes = off' >>"$data/postgresql.conf"
  fi
  for attempt in 1 2 3; do
    port=$(free_port)
    if as_postgres "$postgres_bin/pg_ctl" start -w -D "$data" -o "-p $port" -l "$data/log" >/dev/null 2>&1; then
      export VITRINE_TEST_DATABASE_URL=postgres://vitrine@127.0.0.1:$port/postgres
      return 0
    fi
  done
  echo 'PostgreSQL did not start:' >&2
  tail -n 20 "$data/log" >&2
  return 1
}

# Of the PostgreSQL that start_postgres has started. Sets standby_url.
start_standby() {
  local data=$services_dir/standby/data attempt port
  [ -e "$services_dir/postgres/postmaster.pid" ] || { echo 'a standby follows a PostgreSQL that was started here' >&2; return 1; }
  mkdir -p "$services_dir/standby" || return 1
  if [ "$(id -u)" = 0 ]; then chown "$(postgres_user)" "$services_dir/standby" || return 1; fi
  as_postgres "$postgres_bin/pg_basebackup" -d "$VITRINE_TEST_DATABASE_URL" -D "$data" -R -X stream -c fast --no-sync || return 1
  for attempt in 1 2 3; do
    port=$(free_port)
    if as_postgres "$postgres_bin/pg_ctl" start -w -D "$data" -o "-p $port" -l "$data/log" >/dev/null 2>&1; then
      standby_url=postgres://vitrine@127.0.0.1:$port/postgres
      echo "Standby:    $standby_url"
      return 0
    fi
  done
  echo 'the standby did not start:' >&2
  tail -n 20 "$data/log" >&2
  return 1
}

start_redis() {
  local dir=$services_dir/redis attempt port
  mkdir -p "$dir" || return 1
  for attempt in 1 2 3; do
    port=$(free_port)
    "$redis_server" --port "$port" --bind 127.0.0.1 --dir "$dir" --save '' --daemonize yes \
      --pidfile "$dir/pid" --logfile "$dir/log" >/dev/null || continue
    if wait_for_redis "$port" "$dir/pid"; then
      export VITRINE_TEST_REDIS_URL=redis://127.0.0.1:$port
      return 0
    fi
  done
  echo 'Redis did not start:' >&2
  tail -n 20 "$dir/log" >&2
  return 1
}

# Its own pid file first: on a port that somebody else took meanwhile, somebody else would answer.
wait_for_redis() {
  local try
  for try in $(seq 100); do
    if [ -s "$2" ] && kill -0 "$(cat "$2")" 2>/dev/null && port_answers "$1"; then return 0; fi
    sleep 0.1
  done
  return 1
}

start_compose() {
  local wanted=()
  compose_project=vitrine-tests-$$
  export VITRINE_POSTGRES_PORT VITRINE_REDIS_PORT
  VITRINE_POSTGRES_PORT=$(free_port) VITRINE_REDIS_PORT=$(free_port)
  [ -n "$given_database" ] || wanted+=(postgres)
  [ -n "$given_redis" ] || wanted+=(redis)
  docker compose --project-name "$compose_project" up --detach --wait "${wanted[@]}" || return 1
  [ -n "$given_database" ] ||
    export VITRINE_TEST_DATABASE_URL=postgres://vitrine:vitrine@127.0.0.1:$VITRINE_POSTGRES_PORT/vitrine
  [ -n "$given_redis" ] || export VITRINE_TEST_REDIS_URL=redis://127.0.0.1:$VITRINE_REDIS_PORT
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" != 0 ]; then "$@"; else (cd / && runuser -u "$(postgres_user)" -- "$@"); fi
}

postgres_user() {
  if id -u postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi
}

# Below the range that systems take for outgoing connections, so that it stays free until it is used.
free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); port_answers "$port"; do :; done
  echo "$port"
}

port_answers() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
