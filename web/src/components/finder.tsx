import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { classes } from './classes.ts';
import styles from './finder.module.css';

export interface FinderOption {
  readonly key: string;
  readonly sign: ReactNode;
  readonly title: string;
  /** Said more quietly behind the title. */
  readonly detail?: string | undefined;
  readonly badge?: string;
}

interface FinderProps<Option extends FinderOption> {
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly options: readonly Option[];
  readonly onChoose: (option: Option) => void;
  /** Stands where the options would be: a hint, a failure, that nothing was found. */
  readonly status?: string | undefined;
}

/** A field and the things it finds: arrow keys move through them, Enter takes one. */
export function Finder<Option extends FinderOption>({
  label,
  placeholder,
  query,
  onQuery,
  options,
  onChoose,
  status,
}: FinderProps<Option>) {
  const id = useId();
  const [activeKey, setActiveKey] = useState<string>();
  const at = Math.max(
    0,
    options.findIndex(({ key }) => key === activeKey),
  );
  const active = options[at];

  useEffect(() => {
    if (active) document.getElementById(`${id}-${active.key}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActiveKey(options[(at + step + options.length) % options.length]?.key);
    } else if (event.key === 'Enter' && active) {
      event.preventDefault();
      onChoose(active);
    }
  }

  return (
    <div className={styles.finder}>
      <input
        className={styles.field}
        role="combobox"
        aria-label={label}
        aria-expanded={options.length > 0}
        aria-controls={`${id}-options`}
        aria-activedescendant={active && `${id}-${active.key}`}
        aria-autocomplete="list"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder={placeholder}
        value={query}
        // biome-ignore lint/a11y/noAutofocus: the field is what its dialog was opened for
        autoFocus
        onChange={(event) => {
          setActiveKey(undefined);
          onQuery(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.results}>
        <p role="status" className={styles.status}>
          {status}
        </p>
        <div
          id={`${id}-options`}
          className={styles.options}
          role="listbox"
          aria-label={label}
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          {options.map((option) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the finder's, whichever part has the focus
            <div
              key={option.key}
              id={`${id}-${option.key}`}
              role="option"
              tabIndex={-1}
              aria-selected={option === active}
              className={classes(styles.option, option === active && styles.active)}
              onClick={() => onChoose(option)}
              onPointerMove={() => setActiveKey(option.key)}
            >
              <span className={styles.sign}>{option.sign}</span>
              <span className={styles.title}>{option.title}</span>
              {option.detail !== undefined && <span className={styles.detail}>{option.detail}</span>}
              {option.badge !== undefined && <span className={styles.badge}>{option.badge}</span>}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
