#!/bin/bash
# Copies a snapshot of everything on this node to $BACKUP_URL/<time>/node-<number>: s3://…, or file:///… for a folder.
# The manifest goes last: what has none is not whole. The bucket's lifecycle rule removes what is old; a node may not.
set -euo pipefail

. "$(dirname "$0")/settings.sh"
. "$(dirname "$0")/stamps.sh"

tag=${1:-$(date --utc +%Y-%m-%dT%H-%M-%SZ)}
number=${NODE_IDENTITY/* /}
target=$BACKUP_URL/$tag/node-$number
# What a snapshot that was cut off has left.
rm -rf "$DATA_MOUNT"/.snapshot.*
work=$(mktemp -d "$DATA_MOUNT/.snapshot.XXXXXX")

clear_snapshots() {
  rm -rf "$work"
  "$NODETOOL" clearsnapshot -t "$tag" >/dev/null
}

copy_to_target() {
  case $target in
    s3://*) aws s3 cp --no-progress --only-show-errors --recursive "$1" "$target/" ;;
    file://*) mkdir -p "${target#file://}" && cp --recursive "$1/." "${target#file://}/" ;;
    *) fail "BACKUP_URL must begin with s3:// or file://." ;;
  esac
}

trap clear_snapshots EXIT
taken=$(date +%s)
"$NODETOOL" snapshot -t "$tag" >/dev/null

# <data>/<keyspace>/<table>-<id>/snapshots/<tag>/… → data/<keyspace>/<table>-<id>/…, as hard links: no second copy on the disk.
mkdir -p "$work/files/data" "$work/manifest"
while IFS= read -r -d '' folder; do
  table=$(dirname "$(dirname "$folder")")
  kept=$work/files/data/${table#"$DATA_MOUNT/data/"}
  mkdir -p "$(dirname "$kept")"
  cp --recursive --link "$folder" "$kept"
done < <(find "$DATA_MOUNT/data" -mindepth 4 -maxdepth 4 -type d -path "*/snapshots/$tag" -print0)

(cd "$work/files" && find data -type f -print0 | xargs --null --no-run-if-empty sha256sum) >"$work/manifest/manifest.sha256"
[ -s "$work/manifest/manifest.sha256" ] || fail "The snapshot $tag holds no file."
copy_to_target "$work/files"
copy_to_target "$work/manifest"
write_stamp last-snapshot "$taken"
echo "$tag"
