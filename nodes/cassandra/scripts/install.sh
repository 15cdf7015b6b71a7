#!/bin/bash
# Makes an instance of Amazon Linux 2023 a node: run once by the user data, and safe to run again. Nothing here comes from the
# internet: Java and tools from Amazon Linux's own repositories (through the S3 endpoint), everything else from the deployment's assets.
set -euo pipefail

node_folder=/opt/ping-me/node
jars_folder=/opt/cassandra/jars

dnf install -y --setopt=install_weak_deps=False java-17-amazon-corretto-headless diffutils xfsprogs

id cassandra >/dev/null 2>&1 || useradd --system --home-dir /var/lib/cassandra --no-create-home --shell /sbin/nologin cassandra

if [ ! -e "$jars_folder/.complete" ]; then
  rm -rf "$jars_folder"
  mkdir -p "$jars_folder"
  aws s3 cp --no-progress "$JARS_URL" /tmp/cassandra-jars.zip
  python3 -m zipfile -e /tmp/cassandra-jars.zip "$jars_folder"
  rm /tmp/cassandra-jars.zip
  touch "$jars_folder/.complete"
fi

mkdir -p /etc/cassandra
rm -rf /etc/cassandra/fixed-tokens /etc/cassandra/replace
cp -r "$node_folder"/configuration/. /etc/cassandra/
install -m 0755 "$node_folder/scripts/nodetool.sh" /usr/local/bin/nodetool
install -m 0644 "$node_folder"/systemd/* /etc/systemd/system/

# Cassandra maps every data file several times, and a node that swaps is slower than one that is gone.
printf 'vm.max_map_count = 1048575\nvm.swappiness = 0\n' >/etc/sysctl.d/60-cassandra.conf
sysctl --quiet --load=/etc/sysctl.d/60-cassandra.conf
swapoff --all

systemctl daemon-reload
systemctl enable cassandra.service cassandra-joined.service cassandra-certificates.timer cassandra-repair.timer \
  cassandra-snapshot.timer cassandra-health.timer cassandra-logs.service
systemctl start cassandra-certificates.timer cassandra-repair.timer cassandra-snapshot.timer cassandra-health.timer
# The data volume may be attached only later; the service waits for it, the user data does not.
systemctl start --no-block cassandra.service cassandra-joined.service cassandra-logs.service
