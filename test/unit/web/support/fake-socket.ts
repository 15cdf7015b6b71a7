import { vi } from 'vitest';
import { type PingMeEvent, PONG_FRAME } from '../../../../core/contract/events.ts';

/** A connection that does what the test says. */
export class FakeSocket extends EventTarget {
  static readonly CONNECTING: number = 0;
  static readonly OPEN: number = 1;
  static readonly CLOSED: number = 3;
  readyState: number = FakeSocket.CONNECTING;
  readonly sent: string[] = [];

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = FakeSocket.CLOSED;
  }

  opens(): void {
    this.readyState = FakeSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  breaks(): void {
    this.readyState = FakeSocket.CLOSED;
    this.dispatchEvent(new Event('close'));
  }

  says(data: string): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  hears(...events: readonly PingMeEvent[]): void {
    this.says(JSON.stringify({ events }));
  }
}

/** Puts fake connections, which answer pings, in the place of the browser's until `vi.unstubAllGlobals`; gives those made, the newest last. */
export function fakeSockets(): readonly FakeSocket[] {
  const made: FakeSocket[] = [];
  vi.stubGlobal(
    'WebSocket',
    class extends FakeSocket {
      constructor() {
        super();
        made.push(this);
      }

      override send(text: string): void {
        super.send(text);
        queueMicrotask(() => this.says(PONG_FRAME));
      }
    },
  );
  return made;
}
