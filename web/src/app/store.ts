import { configureStore } from '@reduxjs/toolkit';
import { useDispatch, useSelector } from 'react-redux';
import type { Services } from './services.ts';
import type { AppDispatch } from './state/app-thunk.ts';
import { type RootState, rootReducer } from './state/root-reducer.ts';

/** The page's state. `services` may look at the store only after it was made. */
export function createStore(services: Services) {
  return configureStore({
    reducer: rootReducer,
    middleware: (defaults) =>
      defaults({
        thunk: { extraArgument: services },
        // Walking thousands of messages on every action costs more than it finds.
        serializableCheck: false,
        immutableCheck: false,
      }),
    devTools: false,
  });
}

export type AppStore = ReturnType<typeof createStore>;

export const useAppDispatch = useDispatch.withTypes<AppDispatch>();
export const useAppSelector = useSelector.withTypes<RootState>();
