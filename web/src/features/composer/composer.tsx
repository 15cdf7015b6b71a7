import { ArrowRight } from 'lucide-react';
import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { CONTENT_MAX_CODE_POINTS } from '../../../../core/contract/limits.ts';
import { codePoints } from '../../../../core/contract/text.ts';
import { selectDraft } from '../../app/state/drafts-selectors.ts';
import { draftChanged } from '../../app/state/drafts-slice.ts';
import { sendMessage } from '../../app/state/outbox-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { classes } from '../../components/classes.ts';
import { useMediaQuery } from '../../components/use-media-query.ts';
import styles from './composer.module.css';

export interface ComposerHandle {
  readonly focus: () => void;
}

interface ComposerProps {
  /** Absent while the conversation is not known yet: nothing can be written then. */
  readonly conversationId: string | undefined;
  /** Whom or what it writes to, such as "#general". */
  readonly to: string;
  readonly ref?: Ref<ComposerHandle>;
}

/** From here on the characters are counted for the writer to see. */
const COUNTED_FROM = CONTENT_MAX_CODE_POINTS * 0.8;
/** Only a finger to type with: there Enter breaks the line, as there is no Shift to hold. */
const TOUCH_ONLY = '(pointer: coarse) and (hover: none)';

const number = new Intl.NumberFormat();

/** Where messages are written. What was typed is kept per conversation until it is sent. */
export function Composer({ conversationId, to, ref }: ComposerProps) {
  const dispatch = useAppDispatch();
  const draft = useAppSelector((state) =>
    conversationId === undefined ? '' : selectDraft(state, conversationId),
  );
  const touchOnly = useMediaQuery(TOUCH_ONLY);
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), []);

  const length = draft.length < COUNTED_FROM ? draft.length : codePoints(draft);
  const over = length - CONTENT_MAX_CODE_POINTS;
  const sendable = draft.trim() !== '' && over <= 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows what is typed
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    // Set through the object model, which the content security policy allows; `auto` first, so that it can shrink.
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [draft, conversationId]);

  function send() {
    if (!sendable || conversationId === undefined) return;
    void dispatch(sendMessage(conversationId, draft.trim()));
    dispatch(draftChanged({ conversationId, content: '' }));
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    // 229: Safari ends a composition before it tells the Enter that ended it.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || composing || touchOnly) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      className={styles.composer}
      aria-label="New message"
      data-region
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={styles.box}>
        <textarea
          ref={field}
          className={styles.field}
          data-region-focus
          rows={1}
          value={draft}
          dir="auto"
          aria-label={`Message ${to}`}
          aria-describedby="composer-hint"
          aria-invalid={over > 0}
          placeholder={`Message ${to}`}
          enterKeyHint={touchOnly ? 'enter' : 'send'}
          disabled={conversationId === undefined}
          onChange={(event) => {
            if (conversationId !== undefined)
              dispatch(draftChanged({ conversationId, content: event.target.value }));
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className={styles.send}
          aria-label="Send"
          title="Send"
          aria-disabled={!sendable}
        >
          <ArrowRight size={20} strokeWidth={2.25} aria-hidden="true" />
        </button>
      </div>
      <div className={styles.below}>
        <p id="composer-hint" className={styles.hint}>
          {touchOnly ? '' : 'Enter sends · Shift+Enter breaks the line'}
        </p>
        {length >= COUNTED_FROM && (
          <p className={classes(styles.count, over > 0 && styles.over)} role="status">
            {over > 0
              ? `${number.format(over)} too many; a message has at most ${number.format(CONTENT_MAX_CODE_POINTS)} characters`
              : `${number.format(length)} / ${number.format(CONTENT_MAX_CODE_POINTS)}`}
          </p>
        )}
      </div>
    </form>
  );
}
