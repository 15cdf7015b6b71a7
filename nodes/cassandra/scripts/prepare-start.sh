#!/bin/bash
# Runs as root before each start of the service: volume, certificates, ring entry.
set -euo pipefail

scripts=$(dirname "$0")
. "$scripts/settings.sh"

bash "$scripts/mount-volume.sh"
bash "$scripts/fetch-certificates.sh"
entry=$(bash "$scripts/choose-ring-entry.sh")
ln --symbolic --force --no-dereference "$CONFIGURATION_FOLDER/$entry" "$CONFIGURATION_FOLDER/current"

folders=("$DATA_MOUNT" "$DATA_MOUNT"/{data,commitlog,hints,saved_caches} "$LOG_FOLDER" "$TEMPORARY_FOLDER")
mkdir -p "${folders[@]}"
chown "$DATA_OWNER" "${folders[@]}"
