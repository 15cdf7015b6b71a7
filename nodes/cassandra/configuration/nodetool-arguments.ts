import { MODULE_ACCESS } from './jvm-arguments.ts';
import type { CassandraNodeOptions } from './node-options.ts';

/** Everything between `java` and what the person asks nodetool: `java @<file> status`. */
export function nodetoolArguments(
  { directories, ports }: Pick<CassandraNodeOptions, 'directories' | 'ports'>,
  logbackFile: string,
): string[] {
  return [
    '-Xmx128M',
    ...MODULE_ACCESS,
    `-Dlogback.configurationFile=${logbackFile}`,
    // It keeps a history of what it was asked there.
    `-Duser.home=${directories.temporary}`,
    '-classpath',
    `${directories.jars}/*`,
    'org.apache.cassandra.tools.NodeTool',
    '--host',
    '127.0.0.1',
    '--port',
    String(ports.jmx),
  ];
}
