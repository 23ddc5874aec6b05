'use client';

import Link from 'next/link';
import { plural, shortCommit } from '../../lib/format.ts';
import { objectHref } from '../../lib/paths.ts';
import { usePlan } from '../../lib/queries.ts';
import type { Outputs } from '../../lib/trpc.ts';
import { Age } from '../ui/age.tsx';
import { Empty, Notice, Skeleton, Trouble } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';

type Drift = Outputs['applications']['plan']['drifts'][number];

const OPERATIONS: Readonly<Record<Drift['operation'], string>> = {
  create: 'would be created again',
  change: 'would be put back',
  none: 'as Git says in every field that Git names',
};

/** What a sync would change now, field by field: live beside Git, and who made the difference. */
export function PlanView({ namespace, name }: { readonly namespace: string; readonly name: string }) {
  const { data, error } = usePlan(namespace, name);
  if (error !== null) return <Trouble error={error} what="The plan" />;
  if (data === undefined) return <Skeleton lines={6} />;
  const { drifts, pending, commit, targetCommit, omitted } = data;
  if (!pending && drifts.length === 0)
    return (
      <Empty title="A sync would change nothing">
        {commit === ''
          ? 'No commit was applied yet.'
          : `The cluster is as commit ${shortCommit(commit)} says.`}
      </Empty>
    );
  return (
    <div className="flex flex-col gap-3">
      {pending ? (
        <Notice
          tone="drift"
          title={`Commit ${shortCommit(targetCommit)} is not applied${commit === '' ? '' : `; ${shortCommit(commit)} is`}`}
        >
          The push printed its plan. Sync now applies it as one transaction, or not at all.
        </Notice>
      ) : null}
      {drifts.length === 0 ? null : (
        <p className="text-muted">
          {plural(drifts.length + omitted, 'object differs', 'objects differ')} from commit{' '}
          {shortCommit(commit)}.
        </p>
      )}
      <ul className="flex flex-col gap-3">
        {drifts.map((drift) => (
          <li key={drift.subject} className="card p-4">
            <DriftCard drift={drift} />
          </li>
        ))}
      </ul>
      {omitted > 0 ? <p className="text-muted">and {omitted} more</p> : null}
    </div>
  );
}

function DriftCard({ drift }: { readonly drift: Drift }) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2">
        {drift.ref === null ? (
          <span className="font-medium">{drift.subject}</span>
        ) : (
          <Link className="font-medium hover:underline" prefetch={false} href={objectHref(drift.ref)}>
            {drift.subject}
          </Link>
        )}
        <span className="text-drift">
          {drift.problem === '' ? OPERATIONS[drift.operation] : drift.problem}
        </span>
      </p>
      {drift.changes.map(({ author, time, deleted }) => (
        <p key={`${author} ${time}`} className="text-muted">
          {deleted ? 'deleted' : 'changed'} by {author} <Age time={time} suffix=" ago" />
        </p>
      ))}
      {drift.differences.length === 0 ? null : (
        <ScrollRegion label={`Differences of ${drift.subject}`} className="mt-2 overflow-x-auto">
          <table className="w-full text-left text-xs">
            <thead>
              <tr className="text-muted">
                {['Field', 'Live', 'Git'].map((title) => (
                  <th key={title} scope="col" className="py-1 pr-4 font-medium">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="font-mono">
              {drift.differences.map(({ field, before, after }) => (
                <tr key={field} className="border-t border-line align-top">
                  <th scope="row" className="py-1 pr-4 font-normal break-all">
                    {field}
                  </th>
                  <td className="bg-broken-soft px-2 py-1 break-all">
                    <span className="sr-only">live: </span>
                    {before === '' ? '(not there)' : before}
                  </td>
                  <td className="bg-ok-soft px-2 py-1 break-all">
                    <span className="sr-only">Git: </span>
                    {after === '' ? '(not there)' : after}
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
