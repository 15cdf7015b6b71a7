/** Where a node finds what is its own. Values may be CDK tokens. */
export interface BootPlaces {
  region: string;
  /** s3://bucket/key.zip of the asset with the rendered files. */
  filesUrl: string;
  /** s3://bucket/key.zip of the asset with Cassandra's jars. */
  jarsUrl: string;
  /** Id of the data volume ("vol-0abc…"): attached by whoever starts the instance; the node waits for it. */
  volumeId: string;
  /** ARN of the secret with the node's key, certificate and trusted authority; this node's role alone reads it. */
  certificateSecret: string;
  /** Name of the SSM parameter (String, made with the value `none`) that remembers that this node has been in the ring. */
  membershipParameter: string;
  /** s3://bucket/prefix for snapshots. */
  backupUrl: string;
}

/** Names of the settings that the node's scripts read from `/etc/ping-me/node.env`. */
const SETTINGS: Readonly<Record<keyof Omit<BootPlaces, 'filesUrl'>, string>> = {
  region: 'AWS_DEFAULT_REGION',
  jarsUrl: 'JARS_URL',
  volumeId: 'VOLUME_ID',
  certificateSecret: 'CERTIFICATE_SECRET',
  membershipParameter: 'MEMBERSHIP_PARAMETER',
  backupUrl: 'BACKUP_URL',
};

/** Short, because user data is at most 16 KB: what is long lies in the asset. It runs once, so it tries until it has succeeded. */
export function renderUserData(places: BootPlaces): string {
  const settings = Object.entries(SETTINGS).map(
    ([place, name]) => `${name}='${places[place as keyof typeof SETTINGS]}'`,
  );
  return [
    '#!/bin/bash',
    'set -euo pipefail',
    'mkdir -p /etc/ping-me',
    "cat > /etc/ping-me/node.env <<'SETTINGS'",
    ...settings,
    'SETTINGS',
    "cat > /etc/ping-me/fetch-and-install.sh <<'SCRIPT'",
    'set -euo pipefail',
    'set -a',
    '. /etc/ping-me/node.env',
    'set +a',
    `aws s3 cp --no-progress '${places.filesUrl}' /tmp/node-files.zip`,
    'rm -rf /opt/ping-me/node',
    'mkdir -p /opt/ping-me/node',
    'python3 -m zipfile -e /tmp/node-files.zip /opt/ping-me/node',
    'bash /opt/ping-me/node/scripts/install.sh',
    'SCRIPT',
    'until bash /etc/ping-me/fetch-and-install.sh; do sleep 30; done',
    '',
  ].join('\n');
}
