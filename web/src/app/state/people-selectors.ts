import type { Profile } from '../../../../core/contract/users.ts';
import type { RootState } from './root-reducer.ts';

export const selectPerson = (state: RootState, userId: string): Profile | undefined =>
  state.people.byId[userId];

/** "First Last"; the user id while the profile is not known. */
export function selectDisplayName(state: RootState, userId: string): string {
  const person = selectPerson(state, userId);
  return person ? `${person.firstName} ${person.lastName}`.trim() : userId;
}
