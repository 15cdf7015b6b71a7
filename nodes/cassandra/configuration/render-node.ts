import { cassandraYaml } from './cassandra-yaml.ts';
import { cassandraJvmArguments, javaArgumentFile } from './jvm-arguments.ts';
import { LOGBACK_CONFIGURATION } from './logback.ts';
import type { CassandraNodeOptions, RenderedFile } from './node-options.ts';

/** Name of the rendered file that `java @<configuration>/…` starts the node from. */
export const JVM_ARGUMENTS_FILE = 'jvm.arguments';

/**
 * Everything that makes a machine with Java and the jars a Cassandra node: write the files into `directories.configuration`
 * and run `java @<configuration>/jvm.arguments`. Pure; the one-machine run and a deployed node use the same.
 */
export function renderCassandraNode(options: CassandraNodeOptions): RenderedFile[] {
  return [
    { name: 'cassandra.yaml', contents: cassandraYaml(options) },
    { name: 'cassandra-rackdc.properties', contents: `dc=${options.dataCenter}\nrack=${options.rack}\n` },
    { name: 'logback.xml', contents: LOGBACK_CONFIGURATION },
    { name: JVM_ARGUMENTS_FILE, contents: javaArgumentFile(cassandraJvmArguments(options)) },
  ];
}
