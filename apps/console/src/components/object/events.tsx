'use client';

import { useText } from '../../i18n/text.ts';
import { useEvents } from '../../lib/queries.ts';
import { Age } from '../ui/age.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { Status } from '../ui/status.tsx';

/** What happened to an object lately, as its controllers tell it. */
export function Events({
  namespace,
  kind,
  name,
}: {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}) {
  const t = useText('objects.events');
  const { data, error } = useEvents(namespace, kind, name);
  if (error !== null) return <Trouble error={error} what={t('what')} />;
  if (data === undefined) return <Skeleton />;
  if (data.length === 0) return <Empty title={t('empty')}>{t('emptyHelp')}</Empty>;
  return (
    <ul className="card divide-y divide-line">
      {data.map((event) => (
        <li key={event.uid} className="px-4 py-2">
          <div className="flex flex-wrap items-center gap-x-3">
            {event.type === 'Normal' ? (
              <span className="font-medium">{event.reason}</span>
            ) : (
              <Status word={event.type} />
            )}
            {event.type === 'Normal' ? null : <span className="font-medium">{event.reason}</span>}
            <span className="ml-auto text-xs text-muted">
              {event.count > 1 ? `${t('times', { count: event.count })} ` : ''}
              <Age time={event.time} ago />
              {event.source === '' ? '' : ` · ${event.source}`}
            </span>
          </div>
          <p className="break-words whitespace-pre-wrap text-muted">{event.message}</p>
        </li>
      ))}
    </ul>
  );
}
