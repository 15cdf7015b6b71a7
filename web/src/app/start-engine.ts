import { type AppStore } from './store.ts';
export function startEngine(): { readonly store: AppStore } { throw new Error('soon'); }
