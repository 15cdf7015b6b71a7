import { Suspense } from 'react';
import { useNavigate } from 'react-router';
import { lazyPart } from '../lazy-part.ts';

const PersonPanel = lazyPart(
  async () => (await import('../../features/people/person-panel.tsx')).PersonPanel,
);

interface PersonPlaceProps {
  readonly userId: string;
  readonly onBack?: (() => void) | undefined;
  readonly onClose: () => void;
}

/** Somebody's profile at the right of a conversation. */
export function PersonPlace({ userId, onBack, onClose }: PersonPlaceProps) {
  const navigate = useNavigate();
  return (
    <Suspense>
      <PersonPanel
        userId={userId}
        onBack={onBack}
        onClose={onClose}
        onWrite={(id) => void navigate(`/messages/${id}`)}
        onEditOwn={() => void navigate('/profile')}
      />
    </Suspense>
  );
}
