# When something last succeeded, remembered on the data volume by the time of an empty file: it outlives the instance.
# shellcheck shell=bash

# write_stamp <name> <seconds since 1970>
write_stamp() {
  touch --date="@$2" "$DATA_MOUNT/$1"
}

# stamp_age <name>: whole hours since then. Before the first success: since the volume has been this node's.
stamp_age() {
  local since
  since=$(stat --format=%Y "$DATA_MOUNT/$1" 2>/dev/null) ||
    since=$(stat --format=%Y "$DATA_MOUNT/node-identity" 2>/dev/null) ||
    return 1
  echo $((($(date +%s) - since) / 3600))
}
