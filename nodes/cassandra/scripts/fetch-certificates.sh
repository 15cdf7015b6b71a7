#!/bin/bash
# Writes the node's PEM files from its secret, if they have changed. Cassandra looks every ten minutes whether they have.
set -euo pipefail

. "$(dirname "$0")/settings.sh"

umask 077
mkdir -p "$CERTIFICATE_FOLDER"
fetched=$(mktemp -d "$CERTIFICATE_FOLDER/.fetched.XXXXXX")
trap 'rm -rf "$fetched"' EXIT

# Straight from one program to the other: the key is never in an argument or a variable.
aws secretsmanager get-secret-value --secret-id "$CERTIFICATE_SECRET" --query SecretString --output text |
  python3 -c '
import json, sys
secret = json.load(sys.stdin)
for name, field in (("node.pem", "keyAndCertificates"), ("trusted.pem", "trustedCertificates")):
    with open(f"{sys.argv[1]}/{name}", "w") as file:
        file.write(secret[field])
' "$fetched" ||
  fail "The node's secret holds no certificates yet: the function issue-certificates writes them."

for name in trusted.pem node.pem; do
  if cmp --silent "$fetched/$name" "$CERTIFICATE_FOLDER/$name"; then continue; fi
  chown "$DATA_OWNER" "$fetched/$name"
  mv "$fetched/$name" "$CERTIFICATE_FOLDER/$name"
  echo "$name has changed."
done
chmod 0755 "$CERTIFICATE_FOLDER"
