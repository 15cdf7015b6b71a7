#!/bin/bash
# Sends Cassandra's log and the system's (our scripts' and the kernel's too) to CloudWatch Logs. Both programs are packages of
# Amazon Linux's own; the journal reaches the agent by way of rsyslog's file.
set -euo pipefail

dnf install -y --setopt=install_weak_deps=False rsyslog amazon-cloudwatch-agent
systemctl enable --now rsyslog.service
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s \
  -c file:/opt/ping-me/node/logs/amazon-cloudwatch-agent.json
