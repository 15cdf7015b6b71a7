import type { Scope } from '../../lib/lifecycle/scope.ts';

export interface AttentionListeners {
  /** The window is visible and has the focus, or no longer. */
  readonly onAttended: (attended: boolean) => void;
  /** The page came back to the eye or to the network. */
  readonly onReturn: () => void;
  /** The machine has lost its network. */
  readonly onOffline: () => void;
  /** The page may be gone any moment. */
  readonly onHide: () => void;
}

/** Watches whether somebody looks at this tab, and whether the machine has a network. */
export function watchAttention(
  scope: Scope,
  { onAttended, onReturn, onOffline, onHide }: AttentionListeners,
): void {
  const look = () => onAttended(document.visibilityState === 'visible' && document.hasFocus());
  scope.listen(document, 'visibilitychange', () => {
    look();
    if (document.visibilityState === 'visible') onReturn();
    else onHide();
  });
  scope.listen(window, 'focus', () => {
    look();
    onReturn();
  });
  scope.listen(window, 'blur', look);
  scope.listen(window, 'online', onReturn);
  scope.listen(window, 'offline', onOffline);
  scope.listen(window, 'pagehide', onHide);
  look();
}
