#!/bin/bash
# Waits for the data volume and mounts it. Only a volume on which nothing was ever written is formatted.
set -euo pipefail

. "$(dirname "$0")/settings.sh"

# Nitro instances name a volume by its id, without the dash.
device=${VOLUME_DEVICE:-/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${VOLUME_ID/-/}}
first_bytes=$((64 * 1024 * 1024))

if mountpoint --quiet "$DATA_MOUNT"; then exit 0; fi

until [ -e "$device" ]; do
  echo "Waiting for the volume $VOLUME_ID to be attached."
  sleep 5
done

# 0: something is known there; 2: nothing is; all else: not readable, or several things at once.
status=0
blkid --probe "$device" >/dev/null || status=$?
case $status in
  0) ;;
  2)
    cmp --silent --bytes="$first_bytes" "$device" /dev/zero ||
      fail "The volume $VOLUME_ID holds something that is no file system: it is neither mounted nor formatted."
    mkfs.xfs -q "$device"
    ;;
  *) fail "What the volume $VOLUME_ID holds cannot be told (blkid ended with $status): it is neither mounted nor formatted." ;;
esac

mkdir -p "$DATA_MOUNT"
mount -o noatime "$device" "$DATA_MOUNT"
