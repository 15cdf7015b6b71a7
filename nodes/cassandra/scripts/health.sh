#!/bin/bash
# Tells CloudWatch how this node is, once a minute. What cannot be told is left out, but for whether Cassandra answers.
set -euo pipefail

scripts=$(dirname "$0")
. "$scripts/settings.sh"
. "$scripts/stamps.sh"

number=${NODE_IDENTITY/* /}
data=()

# add <metric> <value> <unit>
add() {
  data+=("MetricName=$1,Value=$2,Unit=$3,Dimensions=[{Name=Node,Value=$number}]")
}

if days=$(python3 "$scripts/probe.py" "$CONFIGURATION_FOLDER/current/cassandra.yaml" "$CERTIFICATE_FOLDER/trusted.pem"); then
  add Answers 1 None
  add CertificateDays "$days" None
else
  add Answers 0 None
fi

if ring=$(timeout 30 "$NODETOOL" status 2>/dev/null); then
  add NodesSeenDown "$(grep --count '^D[NLJM] ' <<<"$ring" || true)" Count
fi

# Without its volume the folder is the root disk's.
if mountpoint --quiet "$DATA_MOUNT"; then
  add DiskUsed "$(df --output=pcent "$DATA_MOUNT" | tr --delete --complement 0-9)" Percent
  # Files of hints go while they are counted.
  if hints=$(du --bytes --summarize "$DATA_MOUNT/hints" 2>/dev/null); then add HintBytes "${hints%%[!0-9]*}" Bytes; fi
  if hours=$(stamp_age last-snapshot); then add SnapshotAge "$hours" None; fi
  if hours=$(stamp_age last-repair); then add RepairAge "$hours" None; fi
fi

aws cloudwatch put-metric-data --namespace "$METRICS_NAMESPACE" --metric-data "${data[@]}"
