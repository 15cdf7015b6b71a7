import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Answers what the nodes' scripts ask, from files; anything else fails as an unknown command would. */
const AWS = `#!/bin/bash
set -euo pipefail
command="$1 $2"
shift 2
if [ "$command" = 'cloudwatch put-metric-data' ]; then
  printf '%s\\n' "$@" >"$(dirname "$0")/values/put-metric-data"
  exit
fi
while [ $# -gt 0 ]; do
  case $1 in
    --name | --secret-id) name=$2; shift 2 ;;
    --value) value=$2; shift 2 ;;
    --query | --output) shift 2 ;;
    *) shift ;;
  esac
done
file=$(dirname "$0")/values/$name
case $command in
  'ssm get-parameter' | 'secretsmanager get-secret-value') cat "$file" ;;
  'ssm put-parameter') printf '%s' "$value" >"$file" ;;
  *) exit 2 ;;
esac
`;

/** Parameters and secrets of one machine, and a folder of commands that goes before the others on the path. */
export class FakeAws {
  readonly commands: string;

  constructor(folder: string) {
    this.commands = folder;
    mkdirSync(join(folder, 'values'), { recursive: true });
    writeFileSync(join(folder, 'aws'), AWS, { mode: 0o755 });
    // A folder stands for the volume.
    writeFileSync(join(folder, 'mountpoint'), '#!/bin/bash\n', { mode: 0o755 });
  }

  read(name: string): string {
    return readFileSync(join(this.commands, 'values', name), 'utf8');
  }

  write(name: string, value: string): void {
    writeFileSync(join(this.commands, 'values', name), value);
  }
}
