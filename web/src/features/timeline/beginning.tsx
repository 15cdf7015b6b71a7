import { Hash, NotebookPen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Profile } from '../../../../core/contract/users.ts';
import { Avatar } from '../../components/avatar.tsx';
import styles from './beginning.module.css';

interface BeginningProps {
  readonly title: string;
  readonly sign: ReactNode;
  readonly children: ReactNode;
}

/** What stands above the first message of a conversation. */
function Beginning({ title, sign, children }: BeginningProps) {
  return (
    <section className={styles.beginning}>
      {sign}
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}

interface WelcomeProps {
  readonly onSayHello: () => void;
  readonly onCreateChannel: () => void;
  readonly onFindPeople: () => void;
}

/** The beginning of the channel that everyone is in: the three things to do first. */
export function Welcome({ onSayHello, onCreateChannel, onFindPeople }: WelcomeProps) {
  return (
    <Beginning title="Welcome to Ping Me" sign={<ChannelSign />}>
      <p className={styles.text}>Everyone is in #general. Three good things to do first:</p>
      <ul className={styles.first}>
        <FirstThing title="Say hello" text="Let people know that you are here." onClick={onSayHello} />
        <FirstThing
          title="Create a channel"
          text="A place for one topic, open to everyone."
          onClick={onCreateChannel}
        />
        <FirstThing
          title="Find someone"
          text="Write to one person, just the two of you."
          onClick={onFindPeople}
        />
      </ul>
    </Beginning>
  );
}

function FirstThing({ title, text, onClick }: { title: string; text: string; onClick: () => void }) {
  return (
    <li>
      <button type="button" className={styles.thing} onClick={onClick}>
        <span className={styles.thingTitle}>{title}</span>
        <span className={styles.text}>{text}</span>
      </button>
    </li>
  );
}

/** The beginning of a channel. */
export function ChannelBeginning({
  name,
  topic,
}: {
  readonly name: string;
  readonly topic?: string | undefined;
}) {
  return (
    <Beginning title="The very beginning" sign={<ChannelSign />}>
      <p className={styles.text}>{topic ?? `Anyone can find #${name}, read along and join.`}</p>
    </Beginning>
  );
}

function ChannelSign() {
  return (
    <span className={styles.sign}>
      <Hash size={28} aria-hidden="true" />
    </span>
  );
}

/** The beginning of a direct message. */
export function DirectBeginning({ peer }: { readonly peer: Profile }) {
  const { userId, firstName, lastName, avatar } = peer;
  return (
    <Beginning
      title="Just the two of you"
      sign={
        <Avatar userId={userId} firstName={firstName} lastName={lastName} picture={avatar} size="large" />
      }
    >
      <p className={styles.text}>What you write here, nobody but {firstName} can read.</p>
    </Beginning>
  );
}

/** The beginning of the notebook. */
export function NotebookBeginning() {
  return (
    <Beginning
      title="Your notebook"
      sign={
        <span className={styles.sign}>
          <NotebookPen size={26} aria-hidden="true" />
        </span>
      }
    >
      <p className={styles.text}>Drafts, links, things to remember. Only you can read them.</p>
    </Beginning>
  );
}
