import type { ThunkAction, ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import type { Services } from '../services.ts';
import type { RootState } from './root-reducer.ts';

/** A thunk of this page; `R` is what dispatching it gives back. */
export type AppThunk<R = void> = ThunkAction<R, RootState, Services, UnknownAction>;

export type AppDispatch = ThunkDispatch<RootState, Services, UnknownAction>;
