import type { CassandraNodeOptions } from './node-options.ts';

const EXPORTS = [
  'java.base/jdk.internal.misc',
  'java.base/jdk.internal.ref',
  'java.base/sun.nio.ch',
  'java.base/java.lang.ref',
  'java.base/java.lang.reflect',
  'java.base/jdk.internal.vm',
  'java.management.rmi/com.sun.jmx.remote.internal.rmi',
  'java.rmi/sun.rmi.registry',
  'java.rmi/sun.rmi.server',
  'java.rmi/sun.rmi.transport.tcp',
  'java.sql/java.sql',
];

const OPENS = [
  'java.base/java.lang.module',
  'java.base/jdk.internal.loader',
  'java.base/jdk.internal.ref',
  'java.base/jdk.internal.reflect',
  'java.base/jdk.internal.math',
  'java.base/jdk.internal.module',
  'java.base/jdk.internal.util.jar',
  'java.base/jdk.internal.vm',
  'java.base/sun.nio.ch',
  'java.base/java.io',
  'java.base/java.lang',
  'java.base/java.lang.reflect',
  'java.base/java.net',
  'java.base/java.nio',
  'java.base/java.util',
  'java.base/java.util.concurrent',
  'java.base/java.util.concurrent.atomic',
  'jdk.management/com.sun.management.internal',
];

/** What Cassandra and its tools reach inside the JDK. */
export const MODULE_ACCESS: readonly string[] = [
  ...EXPORTS.map((name) => `--add-exports=${name}=ALL-UNNAMED`),
  '--add-exports=jdk.naming.dns/com.sun.jndi.dns=java.naming',
  ...OPENS.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
  // Cassandra installs a security manager, which Java 18 to 23 refuse unless told so.
  '-Djava.security.manager=allow',
];

/** The jar that measures objects' sizes and must be loaded as an agent; part of Cassandra's own jars. */
const OBJECT_SIZE_AGENT = 'jamm-0.4.0.jar';

/**
 * Everything between `java` and the end of its command line, main class included. Cassandra itself needs no environment
 * variable: it finds its configuration on the classpath.
 */
export function cassandraJvmArguments(options: CassandraNodeOptions): string[] {
  const { directories, ports, resources } = options;
  return [
    `-Xms${resources.heapMebibytes}M`,
    `-Xmx${resources.heapMebibytes}M`,
    '-Xss256k',
    ...(resources.garbageCollector === 'g1'
      ? ['-XX:+UseG1GC', '-XX:MaxGCPauseMillis=300']
      : ['-XX:+UseSerialGC']),
    ...(resources.quickJustInTimeCompiler ? ['-XX:TieredStopAtLevel=1'] : []),
    '-XX:+ExitOnOutOfMemoryError',
    '-XX:+PerfDisableSharedMem',
    `-XX:ErrorFile=${directories.logs}/hs_err_pid%p.log`,
    `-javaagent:${directories.jars}/${OBJECT_SIZE_AGENT}`,
    ...MODULE_ACCESS,
    '-Dio.netty.tryReflectionSetAccessible=true',
    '-Djdk.attach.allowAttachSelf=true',
    '-Dchronicle.analytics.disable=true',
    `-Djava.io.tmpdir=${directories.temporary}`,
    `-Djna.tmpdir=${directories.temporary}`,
    `-Dcassandra.logdir=${directories.logs}`,
    // The local port is bound to loopback whatever the node's own address is.
    `-Dcassandra.jmx.local.port=${ports.jmx}`,
    ...startUpProperties(options),
    `-Dcassandra.shutdown_announce_in_ms=${options.shutdownAnnouncementMilliseconds}`,
    ...(options.authentication === 'password'
      ? [`-Dcassandra.system_auth.default_rf=${options.authenticationReplicationFactor}`]
      : []),
    '-classpath',
    `${directories.configuration}:${directories.jars}/*`,
    'org.apache.cassandra.service.CassandraDaemon',
  ];
}

function startUpProperties({ ring, ringDelayMilliseconds }: CassandraNodeOptions): string[] {
  const ringDelay = `-Dcassandra.ring_delay_ms=${ringDelayMilliseconds}`;
  // The usual waits protect a ring whose ownership changes; with fixed tokens nothing changes, and all start at once.
  return ring.kind === 'fixed-tokens'
    ? [
        ringDelay,
        '-Dcassandra.skip_wait_for_gossip_to_settle=0',
        // Also the pause between attempts while not all nodes are there: zero would be a busy loop.
        '-Dcassandra.superuser_setup_delay_ms=500',
        '-Dcassandra.consistent.rangemovement=false',
      ]
    : [ringDelay, `-Dcassandra.replace_address_first_boot=${ring.address}`];
}

/** The arguments as a file for `java @file`: one per line, quoted. */
export function javaArgumentFile(jvmArguments: readonly string[]): string {
  return jvmArguments.map((argument) => `"${argument.replaceAll(/["\\]/g, '\\$&')}"\n`).join('');
}
