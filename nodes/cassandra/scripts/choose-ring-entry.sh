#!/bin/bash
# Prints how this node takes its place in the ring: fixed-tokens or replace.
#
# A volume that has been in the ring says so itself. An empty one is either the first of a new cluster (fixed-tokens) or takes
# the place of one that was lost (replace); the volume cannot tell, so a parameter outside of it remembers:
#   none              no start so far: this is the first one
#   joining:<volume>  a first start began on this volume
#   joined            the node has been in the ring
# Both are written before Cassandra starts, so a start that is cut off anywhere is decided alike the next time. Where a guess is
# wrong all the same, Cassandra itself does not start: fixed tokens at an address that is a member of the ring already are
# refused as long as one other node answers (within ring_delay_ms), and so is replacing a node that the others do not know.
set -euo pipefail

. "$(dirname "$0")/settings.sh"

identity_file=$DATA_MOUNT/node-identity

write_identity() {
  printf '%s %s\n' "$NODE_IDENTITY" "$1" >"$identity_file.new"
  sync "$identity_file.new"
  mv "$identity_file.new" "$identity_file"
  sync "$DATA_MOUNT"
}

if [ -f "$identity_file" ]; then
  read -r cluster number entry <"$identity_file"
  [ "$cluster $number" = "$NODE_IDENTITY" ] ||
    fail "The volume is of node $number of cluster $cluster, and this is node ${NODE_IDENTITY/* /} of cluster ${NODE_IDENTITY/ */}: attach the right one."
  echo "$entry"
  exit 0
fi

[ -z "$(ls --almost-all --ignore=lost+found --ignore='*.new' "$DATA_MOUNT")" ] ||
  fail "$DATA_MOUNT holds data but no node-identity: it may be another cluster's, so nothing is started on it."

membership=$(aws ssm get-parameter --name "$MEMBERSHIP_PARAMETER" --query Parameter.Value --output text)
case $membership in
  none)
    aws ssm put-parameter --name "$MEMBERSHIP_PARAMETER" --overwrite --value "joining:$VOLUME_ID" >/dev/null
    entry=fixed-tokens
    ;;
  "joining:$VOLUME_ID") entry=fixed-tokens ;;
  *) entry=replace ;;
esac
write_identity "$entry"
echo "$entry"
