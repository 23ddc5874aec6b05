'use client';

import Link from 'next/link';
import { useText } from '../../i18n/text.ts';
import { shortCommit } from '../../lib/format.ts';
import { objectHref } from '../../lib/paths.ts';
import { usePlan } from '../../lib/queries.ts';
import type { Outputs } from '../../lib/trpc.ts';
import { Age } from '../ui/age.tsx';
import { Empty, Notice, Skeleton, Trouble } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { TableHead } from '../ui/table-head.tsx';

type Drift = Outputs['applications']['plan']['drifts'][number];

const OPERATIONS = { create: 'create', change: 'change', none: 'same' } as const;
const COLUMNS = ['field', 'live', 'git'] as const;

/** What a sync would change now, field by field: live beside Git, and who made the difference. */
export function PlanView({ namespace, name }: { readonly namespace: string; readonly name: string }) {
  const t = useText('applications.plan');
  const { data, error } = usePlan(namespace, name);
  if (error !== null) return <Trouble error={error} what={t('what')} />;
  if (data === undefined) return <Skeleton lines={6} />;
  const { drifts, pending, commit, targetCommit, omitted } = data;
  if (!pending && drifts.length === 0)
    return (
      <Empty title={t('empty')}>
        {commit === '' ? t('noCommit') : t('asCommit', { commit: shortCommit(commit) })}
      </Empty>
    );
  return (
    <div className="flex flex-col gap-3">
      {pending ? (
        <Notice
          tone="drift"
          title={t(commit === '' ? 'pending' : 'pendingOver', {
            target: shortCommit(targetCommit),
            commit: shortCommit(commit),
          })}
        >
          {t('pendingHelp')}
        </Notice>
      ) : null}
      {drifts.length === 0 ? null : (
        <p className="text-muted">
          {t('differ', { count: drifts.length + omitted, commit: shortCommit(commit) })}
        </p>
      )}
      <ul className="flex flex-col gap-3">
        {drifts.map((drift) => (
          <li key={drift.subject} className="card overflow-hidden">
            <DriftCard drift={drift} />
          </li>
        ))}
      </ul>
      {omitted > 0 ? <p className="text-muted">{t('more', { count: omitted })}</p> : null}
    </div>
  );
}

function DriftCard({ drift }: { readonly drift: Drift }) {
  const t = useText('applications.plan');
  return (
    <>
      <div className="px-4 py-1.5">
        <p className="flex flex-wrap items-center gap-x-2">
          {drift.ref === null ? (
            <span className="font-medium">{drift.subject}</span>
          ) : (
            <Link className="font-medium hover:underline" prefetch={false} href={objectHref(drift.ref)}>
              {drift.subject}
            </Link>
          )}
          <span className="text-drift">
            {drift.problem === '' ? t(OPERATIONS[drift.operation]) : drift.problem}
          </span>
        </p>
        {drift.changes.map(({ author, time, deleted }) => (
          <p key={`${author} ${time}`} className="text-muted">
            {deleted ? t('deletedBy', { author }) : t('changedBy', { author })} <Age time={time} ago />
          </p>
        ))}
      </div>
      {drift.differences.length === 0 ? null : (
        <ScrollRegion
          label={t('differences', { subject: drift.subject })}
          className="overflow-x-auto border-t border-line"
        >
          <table className="stacked w-full text-left text-xs">
            <TableHead
              cells={COLUMNS.map((column) => ({ key: column, label: t(column), className: 'w-1/3' }))}
            />
            <tbody className="font-mono">
              {drift.differences.map(({ field, before, after }) => (
                <tr key={field} className="border-b border-line align-top last:border-0">
                  <th scope="row" className="px-4 py-1.5 font-normal break-all max-sm:w-full">
                    {field}
                  </th>
                  <td className="bg-broken-soft px-4 py-1.5 break-all">
                    <span className="sr-only">{t('liveIs')} </span>
                    {before === '' ? t('absent') : before}
                  </td>
                  <td className="bg-ok-soft px-4 py-1.5 break-all">
                    <span className="sr-only">{t('gitIs')} </span>
                    {after === '' ? t('absent') : after}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </>
  );
}
