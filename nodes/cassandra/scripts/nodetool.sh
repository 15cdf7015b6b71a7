#!/bin/bash
# Cassandra's own nodetool, on this node.
set -euo pipefail

exec "${JAVA:-java}" "@${CONFIGURATION_FOLDER:-/etc/cassandra}/nodetool.arguments" "$@"
