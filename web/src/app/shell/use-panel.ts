import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** What stands at the right of the conversation. The address names it, so that the browser's back button closes it. */
export interface PanelPlace {
  readonly members: boolean;
  readonly person: string | undefined;
  readonly openMembers: () => void;
  readonly openPerson: (userId: string) => void;
  /** Closes the person's profile only. */
  readonly closePerson: () => void;
  readonly close: () => void;
}

export function usePanel(): PanelPlace {
  const [params, setParams] = useSearchParams();
  const members = params.get('panel') === 'members';
  const person = params.get('person') ?? undefined;
  return useMemo(() => {
    const panel: Record<string, string> = members ? { panel: 'members' } : {};
    return {
      members,
      person,
      openMembers: () => setParams({ panel: 'members' }),
      openPerson: (userId) => setParams({ ...panel, person: userId }),
      closePerson: () => setParams(panel, { replace: true }),
      close: () => {
        if (members || person !== undefined) setParams({}, { replace: true });
      },
    };
  }, [members, person, setParams]);
}
