import { clock, duration, plural, shortCommit } from '../../lib/format.ts';
import type { ApplicationPage } from '../../lib/queries.ts';
import { Age } from '../ui/age.tsx';
import { Empty } from '../ui/notice.tsx';
import { Status } from '../ui/status.tsx';

type Entry = ApplicationPage['history'][number];

function counts({ created = 0, changed = 0, pruned = 0 }: Entry): string {
  const parts = [
    created > 0 ? `${created} created` : '',
    changed > 0 ? `${changed} changed` : '',
    pruned > 0 ? `${pruned} pruned` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing changed' : parts.join(', ');
}

/** Commit → applied → healthy, newest first. */
export function History({ history }: { readonly history: readonly Entry[] }) {
  if (history.length === 0)
    return <Empty title="Nothing was applied yet">The first push to the branch makes the first entry.</Empty>;
  return (
    <ol aria-label={plural(history.length, 'sync')} className="card divide-y divide-line">
      {history.map((entry) => {
        const took = duration(entry.time ?? undefined, entry.healthyTime ?? undefined);
        return (
          <li
            key={`${entry.commit} ${entry.time}`}
            className="grid gap-x-6 gap-y-1 px-4 py-3 md:grid-cols-[minmax(0,1fr)_auto]"
          >
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-2">
                <code className="font-mono text-xs">{shortCommit(entry.commit)}</code>
                <span className="font-medium break-words">{entry.message}</span>
              </p>
              <p className="text-muted">
                {entry.author}
                {entry.user === undefined || entry.user === '' ? '' : `, with the rights of ${entry.user}`}
              </p>
              {entry.reason === undefined || entry.reason === '' ? null : (
                <pre className="mt-1 font-mono text-xs break-words whitespace-pre-wrap text-broken">
                  {entry.reason}
                </pre>
              )}
            </div>
            <div className="flex flex-wrap items-center gap-x-4 md:justify-end">
              <Status word={entry.result ?? 'Unknown'} axis="Result" />
              <span className="text-muted">{counts(entry)}</span>
              <span className="text-muted">{took === '' ? '' : `healthy after ${took}`}</span>
              <span className="text-muted" title={clock(entry.time)}>
                <Age time={entry.time} suffix=" ago" />
              </span>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
