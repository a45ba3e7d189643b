#!/bin/sh
# Makes a cluster out of a base backup and the log since, elsewhere: nothing of the backup is changed.
#
#   restore.sh FOLDER DATA [TIME]
#
# FOLDER is what backup.sh wrote; DATA is a folder that is empty or not there. With TIME (2026-11-30 14:05:00+00) the cluster is as it
# was then, from the newest base backup before; without, as the log knows it last. Start it afterwards by `pg_ctl -D DATA start`: it
# goes through the log, and serves once it is done. Run it as the system user that PostgreSQL runs as.
set -eu
[ $# -ge 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
folder=$(cd "$1" && pwd) data=$2 time=${3:-}
if [ -e "$data" ] && [ -n "$(ls -A "$data")" ]; then
  echo "restore.sh: $data is not empty: a cluster is never overwritten. Name another folder, or move it away" >&2
  exit 1
fi
base=
for candidate in $(ls -d "$folder"/base-* | sort -r); do
  if [ -n "$time" ]; then
    # It ended before the time, or it cannot be brought there.
    made=$(basename "$candidate" | sed 's/^base-\(.*\)T\(..\)-\(..\)-\(..\)Z$/\1 \2:\3:\4+00/')
    [ "$(date -u -d "$made" +%s)" -lt "$(date -u -d "$time" +%s)" ] || continue
  fi
  base=$candidate
  break
done
[ -n "$base" ] || { echo "restore.sh: no base backup in $folder is old enough" >&2; exit 1; }
pg_verifybackup --quiet "$base"
mkdir -p "$data"
chmod 700 "$data"
cp -a "$base/." "$data/"
# The last setting of a name holds. The old cluster's archive stays as it is: the restored one begins a new timeline, whose
# segments have names of their own.
{
  printf "restore_command = 'cp \"%s/wal/%%f\" \"%%p\"'\n" "$folder"
  printf "recovery_target_timeline = 'latest'\nrecovery_target_action = 'promote'\n"
  [ -z "$time" ] || printf "recovery_target_time = '%s'\n" "$time"
} >>"$data/postgresql.auto.conf"
touch "$data/recovery.signal"
echo "$data is made of $(basename "$base"): start it by pg_ctl -D $data start"
