import { useNavigate } from 'react-router';
import { BrowsePage } from '../../features/channels/browse-page.tsx';
import { useShellActions } from './shell-actions.ts';
import { SimplePage } from './simple-page.tsx';

/** `/browse`. */
export function BrowsePlace() {
  const { onCreateChannel } = useShellActions();
  const navigate = useNavigate();
  return (
    <SimplePage title="Browse channels" subtitle="Anyone can read and join them">
      <BrowsePage onCreateChannel={onCreateChannel} onOpen={(name) => void navigate(`/channels/${name}`)} />
    </SimplePage>
  );
}
