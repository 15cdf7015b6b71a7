import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { MemoryRouter } from 'react-router';
import { onTestFinished, vi } from 'vitest';
import type { OutboxService, Services, SessionService } from '../../../../../web/src/app/services.ts';
import { type AppStore, createStore } from '../../../../../web/src/app/store.ts';
import { ScriptedApi } from '../../support/scripted-call.ts';

interface ViewOptions {
  readonly api?: ScriptedApi;
  readonly session?: Partial<SessionService>;
  readonly outbox?: Partial<OutboxService>;
  /** Brings the state to where the view is looked at. */
  readonly prepare?: (store: AppStore) => void;
}

const nothing = async () => {};
const refuse = () => Promise.reject(new Error('this test gives no such service'));

function servicesFor({ api = new ScriptedApi(), session, outbox }: ViewOptions): Services {
  return {
    call: api.call,
    session: { signUp: refuse, signIn: refuse, signOut: nothing, profileChanged: () => {}, ...session },
    user: () => ({
      list: { refresh: nothing, refreshSoon: () => {}, settled: nothing },
      outbox: { send: nothing, retry: nothing, discard: nothing, ...outbox },
      history: { open: () => {}, close: () => {}, newest: nothing, older: nothing, fillGap: nothing },
      people: { ensure: () => {} },
      readMarkers: { move: () => {} },
    }),
    askForNotifications: nothing,
  };
}

/** Draws a view with the real state behind it; of the services only what the test gives does anything. */
export async function renderView(view: ReactNode, options: ViewOptions = {}) {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const store = createStore(servicesFor(options));
  options.prepare?.(store);
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  onTestFinished(async () => {
    await act(async () => root.unmount());
    container.remove();
  });
  await act(async () =>
    root.render(
      <Provider store={store}>
        <MemoryRouter>{view}</MemoryRouter>
      </Provider>,
    ),
  );
  return { store, container, page: new Page(container) };
}

/** What a person finds and does on a page: by what things are called, not by how they are built. */
export class Page {
  readonly #container: HTMLElement;

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** The field with that label. */
  field(label: string): HTMLInputElement | HTMLTextAreaElement {
    for (const element of this.#container.querySelectorAll('input, textarea')) {
      const input = element as HTMLInputElement | HTMLTextAreaElement;
      const names = [
        input.getAttribute('aria-label'),
        ...[...(input.labels ?? [])].map((l) => l.textContent),
      ];
      if (names.includes(label)) return input;
    }
    throw new Error(`there is no field "${label}"`);
  }

  button(name: string): HTMLElement {
    const button = [...this.#container.querySelectorAll('button')].find(
      (element) => (element.getAttribute('aria-label') ?? element.textContent) === name,
    );
    if (!button) throw new Error(`there is no button "${name}"`);
    return button;
  }

  /** Every element of that role. */
  all(role: string): Element[] {
    return [...this.#container.querySelectorAll(`[role="${role}"]`)];
  }

  get text(): string {
    return this.#container.textContent ?? '';
  }

  /** Replaces what is in a field, as typing or pasting does. */
  async fill(field: HTMLInputElement | HTMLTextAreaElement, value: string): Promise<void> {
    await act(async () => {
      field.focus();
      // Past React's own setter on the element, which would take the change for its own.
      const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set;
      setter?.call(field, value);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  async press(element: HTMLElement, key: string, init: KeyboardEventInit = {}): Promise<void> {
    await act(async () => {
      element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
    });
  }

  async click(element: HTMLElement): Promise<void> {
    await act(async () => element.click());
  }

  /** Lets what was started (an answer, a timer) come to its end on the page, until the words are there. */
  async until(words: string): Promise<void> {
    // React draws by its own clock meanwhile, as it does in a browser.
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
    await vi.waitFor(() => {
      if (!this.text.includes(words)) throw new Error(`the page does not say "${words}", but: ${this.text}`);
    });
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  }
}
