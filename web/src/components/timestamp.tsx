import { formatFullTime, formatTime } from './time-format.ts';

interface TimestampProps {
  readonly iso: string;
  readonly className?: string | undefined;
}

/** The hour and minute of a moment; the whole of it on hover. */
export function Timestamp({ iso, className }: TimestampProps) {
  return (
    <time dateTime={iso} title={formatFullTime(iso)} className={className}>
      {formatTime(iso)}
    </time>
  );
}
