import { readdirSync, readFileSync } from 'node:fs';
import { javaArgumentFile } from './configuration/jvm-arguments.ts';
import { nodetoolArguments } from './configuration/nodetool-arguments.ts';
import { renderCassandraNode } from './configuration/render-node.ts';
import {
  CONFIGURATION_FOLDER,
  type DeployedNode,
  deployedNodeOptions,
  RING_ENTRIES,
} from './deployed-node.ts';
import { logAgentSettings } from './shipped-logs.ts';
import { calendarTimer, repairCalendar, snapshotCalendar } from './timers.ts';

export interface RenderedBootFile {
  /** Path below the folder that becomes the node's asset: "configuration/fixed-tokens/cassandra.yaml". */
  path: string;
  contents: string;
  executable: boolean;
}

/** Warnings of Cassandra's tools go to standard error, so that what they print stays readable. */
const TOOLS_LOGBACK = `<configuration>
  <appender name="STDERR" class="ch.qos.logback.core.ConsoleAppender">
    <target>System.err</target>
    <encoder><pattern>%-5level %msg%n</pattern></encoder>
  </appender>
  <root level="WARN"><appender-ref ref="STDERR"/></root>
</configuration>
`;

/** All files of a node's asset, in a stable order. */
export function fixedFiles(node: DeployedNode): RenderedBootFile[] {
  const plain = (path: string, contents: string) => ({ path, contents, executable: false });
  return [
    ...RING_ENTRIES.flatMap((entry) =>
      renderCassandraNode(deployedNodeOptions(node, entry)).map(({ name, contents }) =>
        plain(`configuration/${entry}/${name}`, contents),
      ),
    ),
    plain('configuration/node-identity', `${node.clusterName} ${node.number}\n`),
    plain('configuration/logback-tools.xml', TOOLS_LOGBACK),
    plain(
      'configuration/nodetool.arguments',
      javaArgumentFile(
        nodetoolArguments(
          deployedNodeOptions(node, 'fixed-tokens'),
          `${CONFIGURATION_FOLDER}/logback-tools.xml`,
        ),
      ),
    ),
    plain('logs/amazon-cloudwatch-agent.json', logAgentSettings(node.number)),
    ...filesIn('scripts').map((file) => ({ ...file, executable: true })),
    ...filesIn('systemd').map((file) => ({ ...file, executable: false })),
    plain(
      'systemd/cassandra-repair.timer',
      calendarTimer('Repairs this node’s part, weekly', repairCalendar(node)),
    ),
    plain(
      'systemd/cassandra-snapshot.timer',
      calendarTimer('Takes a snapshot, daily', snapshotCalendar(node)),
    ),
  ];
}

function filesIn(folder: 'scripts' | 'systemd'): { path: string; contents: string }[] {
  const place = new URL(`./${folder}/`, import.meta.url);
  return readdirSync(place)
    .sort()
    .map((name) => ({ path: `${folder}/${name}`, contents: readFileSync(new URL(name, place), 'utf8') }));
}
