# Where things are, for the scripts beside this file; the environment may say otherwise.
# shellcheck shell=bash disable=SC2034
DATA_MOUNT=${DATA_MOUNT:-/var/lib/cassandra}
CONFIGURATION_FOLDER=${CONFIGURATION_FOLDER:-/etc/cassandra}
CERTIFICATE_FOLDER=${CERTIFICATE_FOLDER:-$CONFIGURATION_FOLDER/certificates}
LOG_FOLDER=${LOG_FOLDER:-/var/log/cassandra}
TEMPORARY_FOLDER=${TEMPORARY_FOLDER:-/var/lib/cassandra-tmp}
DATA_OWNER=${DATA_OWNER:-cassandra:cassandra}
NODETOOL=${NODETOOL:-nodetool}
METRICS_NAMESPACE=${METRICS_NAMESPACE:-PingMe/Nodes}
# "<cluster> <number>": whose volume this is.
NODE_IDENTITY=${NODE_IDENTITY:-$(cat "$CONFIGURATION_FOLDER/node-identity")}

# Ends the script with one sentence.
fail() {
  echo "$1" >&2
  exit 1
}
