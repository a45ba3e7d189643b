#!/bin/sh
# Keeps a segment of PostgreSQL's log, for `archive_command`: archive.sh FOLDER %p %f
# It answers 0 once the segment is on the disk, and only then: PostgreSQL keeps its own until then, and asks again.
set -eu
folder=$1 from=$2 name=$3
if [ -e "$folder/$name" ]; then
  # A second try of what was kept already. Anything else under the name is another cluster's: it is never replaced.
  cmp -s "$from" "$folder/$name" && exit 0
  echo "archive.sh: $folder/$name is there and says something else: does another cluster write into this folder?" >&2
  exit 1
fi
draft=$folder/.$name.$$
trap 'rm -f "$draft"' EXIT
cp "$from" "$draft"
sync "$draft" 2>/dev/null || sync
mv "$draft" "$folder/$name"
sync "$folder" 2>/dev/null || sync
