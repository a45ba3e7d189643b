#!/bin/sh
# A base backup of a cluster while it serves, checked, with what it needs of the log.
#
#   backup.sh DATABASE_URL FOLDER [KEEP]
#
# FOLDER/base-2026-11-30T02-30-00Z is made, and KEEP of them stay (2); FOLDER/wal is where archive.sh keeps the log, of which
# what is older than the oldest base backup goes. The role of the URL needs REPLICATION. Of PostgreSQL's programs, in the PATH or
# beside pg_config, it takes pg_basebackup, pg_verifybackup and pg_archivecleanup.
set -eu
[ $# -ge 2 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
url=$1 folder=$2 keep=${3:-2}
case $keep in '' | *[!0-9]* | 0) echo "backup.sh: KEEP is a number of 1 or more" >&2; exit 2 ;; esac
name=base-$(date -u +%Y-%m-%dT%H-%M-%SZ)
mkdir -p "$folder/wal"
# What is not whole has another name, so that nobody restores it.
rm -rf "$folder"/.base-*
pg_basebackup --dbname="$url" --pgdata="$folder/.$name" --wal-method=stream --checkpoint=fast --no-password
pg_verifybackup --quiet "$folder/.$name"
[ ! -e "$folder/$name" ] || { echo "backup.sh: $folder/$name is there already" >&2; exit 1; }
mv "$folder/.$name" "$folder/$name"
sync "$folder" 2>/dev/null || sync
ls -d "$folder"/base-* | sort -r | tail -n "+$((keep + 1))" | while read -r old; do rm -rf "$old"; done
oldest=$(ls -d "$folder"/base-* | sort | head -n 1)
# "START WAL LOCATION: 0/2000028 (file 000000010000000000000002)"
first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$oldest/backup_label")
[ -z "$first" ] || pg_archivecleanup "$folder/wal" "$first"
echo "$folder/$name"
