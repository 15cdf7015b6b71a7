import { existsSync, readdirSync } from 'node:fs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { ConfigError } from '../../config/config-error.ts';

/** Cassandra and what it needs, in the versions of the one-machine run. */
export function cassandraJars(scope: Construct, id: string, directory: string): Asset {
  if (!existsSync(directory) || !readdirSync(directory).some((name) => name.endsWith('.jar'))) {
    throw new ConfigError(
      'database',
      `can not be cassandra: there are no jars in ${directory}; run node --import tsx bin/fetch-cassandra-jars.ts first`,
    );
  }
  return new Asset(scope, id, { path: directory });
}
