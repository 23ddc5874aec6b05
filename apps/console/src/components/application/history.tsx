'use client';

import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { type Text, useLocale, useText } from '../../i18n/text.ts';
import { usePermissions } from '../../lib/access.ts';
import { clock, duration, shortCommit } from '../../lib/format.ts';
import { APPLICATIONS } from '../../lib/paths.ts';
import type { ApplicationPage } from '../../lib/queries.ts';
import { rightOn } from '../../lib/rights.ts';
import { Age } from '../ui/age.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Empty } from '../ui/notice.tsx';
import { Status } from '../ui/status.tsx';
import { RollBack } from './roll-back.tsx';

type Entry = ApplicationPage['history'][number];

function counts(t: Text<'applications.history'>, { created = 0, changed = 0, pruned = 0 }: Entry): string {
  const parts = [
    created > 0 ? t('created', { count: created }) : '',
    changed > 0 ? t('changed', { count: changed }) : '',
    pruned > 0 ? t('pruned', { count: pruned }) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? t('nothing') : parts.join(', ');
}

/** Commit → applied → healthy, newest first. */
export function History({ page }: { readonly page: ApplicationPage }) {
  const { history, line } = page;
  const t = useText('applications.history');
  const columns = useText('applications.columns');
  const rollback = useText('applications.rollback');
  const locale = useLocale();
  const [to, setTo] = useState<Entry>();
  const [patch] = usePermissions([
    rightOn({ resource: APPLICATIONS, namespace: line.namespace, name: line.name }, 'patch'),
  ]);
  const whyNot = (entry: Entry): string => {
    if (entry.commit === line.commit) return rollback('present');
    return entry.result === 'Applied' ? '' : rollback('failed');
  };
  if (history.length === 0) return <Empty title={t('empty')}>{t('emptyHelp')}</Empty>;
  return (
    <>
      <ol
        aria-label={t('label', { count: history.length })}
        className="card grid divide-y divide-line md:grid-cols-[minmax(0,1fr)_repeat(4,max-content)_max-content] md:gap-x-6"
      >
        {history.map((entry) => {
          const took = duration(entry.time ?? undefined, entry.healthyTime ?? undefined);
          return (
            <li
              key={`${entry.commit} ${entry.time}`}
              className="grid gap-y-1 px-4 py-2 md:col-span-full md:grid-cols-subgrid md:items-center"
            >
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-x-2">
                  <code className="font-mono text-xs">{shortCommit(entry.commit)}</code>
                  <span className="font-medium break-words">{entry.message}</span>
                </p>
                <p className="text-muted">
                  {entry.user === undefined || entry.user === ''
                    ? entry.author
                    : t('rights', { author: entry.author ?? '', user: entry.user })}
                </p>
                {entry.reason === undefined || entry.reason === '' ? null : (
                  <pre className="mt-1 font-mono text-xs break-words whitespace-pre-wrap text-broken">
                    {entry.reason}
                  </pre>
                )}
              </div>
              <div className="flex flex-wrap items-center gap-x-4 md:contents">
                <Status word={entry.result ?? 'Unknown'} axis={columns('result')} />
                <span className="text-muted">{counts(t, entry)}</span>
                <span className="text-muted">
                  {took === ''
                    ? ''
                    : took === '0 ms'
                      ? t('healthyAtOnce')
                      : t('healthyAfter', { duration: took })}
                </span>
                <span className="text-muted md:text-right" title={clock(entry.time, locale)}>
                  <Age time={entry.time} ago />
                </span>
                <ActionButton
                  look="quiet"
                  icon={Undo2}
                  permission={patch}
                  blocked={whyNot(entry)}
                  aria-label={rollback('buttonTo', { commit: shortCommit(entry.commit) })}
                  onClick={() => setTo(entry)}
                >
                  {rollback('button')}
                </ActionButton>
              </div>
            </li>
          );
        })}
      </ol>
      {to === undefined ? null : <RollBack page={page} entry={to} onClose={() => setTo(undefined)} />}
    </>
  );
}
