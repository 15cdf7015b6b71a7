#!/bin/bash
# Remembers, outside the volume, that this node has been in the ring; see choose-ring-entry.sh.
set -euo pipefail

. "$(dirname "$0")/settings.sh"

until "$NODETOOL" netstats 2>/dev/null | grep '^Mode: NORMAL' >/dev/null; do
  sleep 5
done
membership=$(aws ssm get-parameter --name "$MEMBERSHIP_PARAMETER" --query Parameter.Value --output text)
if [ "$membership" = joined ]; then exit 0; fi
aws ssm put-parameter --name "$MEMBERSHIP_PARAMETER" --overwrite --value joined >/dev/null
