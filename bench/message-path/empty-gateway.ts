import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface EmptyGatewayOptions {
  readonly originSecret: string;
  readonly pageDirectory: string;
}

const MAIN = fileURLToPath(new URL('./empty-gateway-main.ts', import.meta.url));

/** The gateway with an empty handler, in a process of its own as the whole system is. */
export class EmptyGateway {
  readonly origin: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.origin = `http://localhost:${port}`;
  }

  static async start(options: EmptyGatewayOptions): Promise<EmptyGateway> {
    const child = fork(MAIN, [JSON.stringify(options)], { execArgv: ['--import', 'tsx'] });
    const [port] = (await once(child, 'message')) as [number];
    return new EmptyGateway(child, port);
  }

  async close(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
