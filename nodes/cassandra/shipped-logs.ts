import { deployedDirectories } from './deployed-node.ts';

/** Log group of all nodes; the stack makes it, and each node writes two streams of its own. */
export const NODE_LOG_GROUP = '/ping-me/cassandra';

/** Settings of the CloudWatch agent: Cassandra's log, and the system's with what our scripts say. No contents are in either. */
export function logAgentSettings(number: number): string {
  const settings = {
    logs: {
      logs_collected: {
        files: {
          collect_list: [
            {
              file_path: `${deployedDirectories('fixed-tokens').logs}/system.log`,
              log_group_name: NODE_LOG_GROUP,
              log_stream_name: `node-${number}/cassandra`,
              // The first line of each entry has its level, as our logback.xml writes it; a stack trace has none.
              multi_line_start_pattern: '^[A-Z]+ +\\[',
            },
            {
              file_path: '/var/log/messages',
              log_group_name: NODE_LOG_GROUP,
              log_stream_name: `node-${number}/system`,
            },
          ],
        },
      },
    },
  };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}
