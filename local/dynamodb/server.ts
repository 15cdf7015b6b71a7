import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StoreContext } from '../stores/store-context.ts';
import { StoreNode } from '../stores/store-node.ts';

const SERVER_CONFIGURATION = fileURLToPath(new URL('server.xml', import.meta.url));

const STOP_MILLISECONDS = 5_000;

/**
 * DynamoDB Local, not started yet. It looks at no signature, so any credentials do.
 *
 * @param dataDirectory where its data are, if not in the run's own folder
 */
export function createDynamoDbServer(
  { directory, ports, javaCommand, jars, signal, onChange }: StoreContext,
  dataDirectory?: string,
): StoreNode {
  const home = join(directory.path, 'dynamodb');
  const data = dataDirectory ?? join(home, 'data');
  const temporary = join(home, 'tmp');
  return new StoreNode({
    part: 'dynamodb',
    process: {
      title: 'DynamoDB Local',
      command: javaCommand,
      arguments: [
        directory.processMark,
        '-Xmx128m',
        '-XX:+UseSerialGC',
        '-XX:TieredStopAtLevel=1',
        '-XX:+PerfDisableSharedMem',
        `-Djava.io.tmpdir=${temporary}`,
        `-Djava.library.path=${jars}`,
        `-Dping-me.dynamodb.port=${ports.dynamodb}`,
        `-Dping-me.dynamodb.data=${data}`,
        '-cp',
        `${jars}/*`,
        'org.eclipse.jetty.xml.XmlConfiguration',
        SERVER_CONFIGURATION,
      ],
      workingDirectory: home,
      outputFile: join(home, 'output.log'),
      stopMilliseconds: STOP_MILLISECONDS,
    },
    signal,
    onChange,
    prepare: async () => {
      for (const path of [data, temporary]) await mkdir(path, { recursive: true });
    },
    isReady: () => answersListTables(ports.dynamodb),
  });
}

async function answersListTables(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      authorization:
        'AWS4-HMAC-SHA256 Credential=readiness/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
    },
    body: '{}',
  });
  await response.arrayBuffer();
  return response.ok;
}
