#!/bin/bash
# Puts a snapshot of this node back into an empty data volume, its system tables too: the node comes back as the member of the
# ring that it was. For when all nodes lost their data; a single one is replaced instead (it streams what is newest).
#
#   systemctl stop cassandra && restore.sh <time> && systemctl start cassandra
set -euo pipefail

. "$(dirname "$0")/settings.sh"

tag=${1:-}
[ -n "$tag" ] || fail "Say which snapshot: restore.sh <time>, as $BACKUP_URL lists it."
number=${NODE_IDENTITY/* /}
source=$BACKUP_URL/$tag/node-$number
work=$DATA_MOUNT/.restore

[ -z "$(ls --almost-all "$DATA_MOUNT/data" 2>/dev/null)" ] ||
  fail "$DATA_MOUNT/data is not empty: restore into an empty volume, or move what is there away."

rm -rf "$work"
mkdir -p "$work"
case $source in
  s3://*) aws s3 cp --no-progress --only-show-errors --recursive "$source/" "$work" ;;
  file://*) cp --recursive "${source#file://}/." "$work/" ;;
  *) fail "BACKUP_URL must begin with s3:// or file://." ;;
esac
[ -s "$work/manifest.sha256" ] || fail "The snapshot $tag of node $number is not whole: it has no manifest. Choose another one."
(cd "$work" && sha256sum --quiet --check manifest.sha256) || fail "Files of the snapshot $tag differ from its manifest: choose another one."

# What the commit log and the hints hold belongs to the time after the snapshot, or to another life of the node.
rm -rf "$DATA_MOUNT"/{commitlog,hints,saved_caches,data}
mkdir -p "$DATA_MOUNT"/{commitlog,hints,saved_caches}
mv "$work/data" "$DATA_MOUNT/data"
rm -rf "$work"
printf '%s fixed-tokens\n' "$NODE_IDENTITY" >"$DATA_MOUNT/node-identity"
chown --recursive "$DATA_OWNER" "$DATA_MOUNT"
