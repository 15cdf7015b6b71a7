import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { Provider } from 'react-redux';
import { MemoryRouter } from 'react-router';
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

/** A view with the real state behind it; of the services only what a test gives does anything. */
export function renderView(view: ReactNode, options: ViewOptions = {}) {
  const { api = new ScriptedApi(), session, outbox, prepare } = options;
  const refuse = () => Promise.reject(new Error('this test gives no such service'));
  const services: Services = {
    call: api.call,
    session: { signUp: refuse, signIn: refuse, signOut: nothing, profileChanged: () => {}, ...session },
    user: () => ({
      outbox: { send: nothing, retry: nothing, discard: nothing, ...outbox },
      history: { open: () => {}, close: () => {}, newest: nothing, older: nothing, fillGap: nothing },
      people: { ensure: () => {} },
      readMarkers: { move: () => {} },
    }),
    askForNotifications: nothing,
  } as Services;
  const store = createStore(services);
  prepare?.(store);
  const screen = render(
    <Provider store={store}>
      <MemoryRouter>{view}</MemoryRouter>
    </Provider>,
  );
  return { ...screen, store, user: userEvent.setup() };
}
