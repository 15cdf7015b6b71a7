#!/bin/bash
# Compares this node's own part of the ring with the other replicas and mends what differs. Every node does its part once a
# week, each on another day; together they have looked at everything, well within gc_grace_seconds (10 days).
set -euo pipefail

. "$(dirname "$0")/settings.sh"
. "$(dirname "$0")/stamps.sh"

# What was deleted before it began is on all replicas when it has ended.
begun=$(date +%s)
"$NODETOOL" repair --full --partitioner-range
write_stamp last-repair "$begun"
