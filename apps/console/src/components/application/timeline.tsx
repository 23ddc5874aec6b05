'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useLocale, useText } from '../../i18n/text.ts';
import { clock, milliseconds, shortCommit } from '../../lib/format.ts';
import { useLive } from '../../lib/live.ts';
import { APPLICATIONS } from '../../lib/paths.ts';
import { api, type Outputs } from '../../lib/trpc.ts';
import { Age } from '../ui/age.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { Status } from '../ui/status.tsx';

type Run = Outputs['ledger']['timeline']['runs'][number];

/** Each commit on its way: pushed, applied, healthy, and how long each step took. */
export function Timeline({ namespace, name }: { readonly namespace: string; readonly name: string }) {
  const t = useText('applications.timeline');
  const queryKey = ['timeline', namespace, name];
  useLive([{ resource: APPLICATIONS, namespace, fieldSelector: `metadata.name=${name}` }], queryKey);
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => api.ledger.timeline.query({ namespace, name, limit: 30 }),
  });
  if (error !== null) return <Trouble error={error} what={t('what')} />;
  if (data === undefined) return <Skeleton lines={6} />;
  if (data.runs.length === 0) return <Empty title={t('empty')}>{t('emptyHelp')}</Empty>;
  return (
    <>
      <ol aria-label={t('label')} className="card divide-y divide-line">
        {data.runs.map((run) => (
          <li key={`${run.commit} ${run.syncId} ${run.pushed ?? run.applied}`} className="px-4 py-2">
            <RunLine run={run} />
          </li>
        ))}
      </ol>
      <p className="mt-3">
        <Link
          className="link"
          prefetch={false}
          href={`/ledger?ns=${encodeURIComponent(namespace)}&application=${encodeURIComponent(name)}`}
        >
          {t('ledger')}
        </Link>
      </p>
    </>
  );
}

function RunLine({ run }: { readonly run: Run }) {
  const t = useText('applications.timeline');
  const columns = useText('applications.columns');
  const { commit, commitMessage, actor, ref, state, pushed, applied, healthy, error } = run;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3">
        <code className="font-mono text-xs">{shortCommit(commit)}</code>
        <span className="font-medium break-words">{commitMessage}</span>
        <span className="flex-1 text-muted">
          {actor}
          {ref === '' ? '' : ` · ${ref}`}
        </span>
        <Status word={state} axis={columns('result')} />
      </p>

      <ol className="mt-1 flex flex-wrap items-center gap-x-2 text-xs">
        <Step label={t('pushed')} time={pushed} />
        <Gap ms={run.toAppliedMs} />
        <Step label={t('applied')} time={applied} />
        <Gap ms={run.toHealthyMs} />
        <Step label={t('healthy')} time={healthy} />
      </ol>
      {error === '' ? null : (
        <pre className="mt-1 font-mono text-xs break-words whitespace-pre-wrap text-broken">{error}</pre>
      )}
    </>
  );
}

function Step({ label, time }: { readonly label: string; readonly time: string | null }) {
  const locale = useLocale();
  return (
    <li className={time === null ? 'text-muted' : ''} title={clock(time, locale)}>
      {label}
      {time === null ? ' –' : <span className="text-muted"> {<Age time={time} ago />}</span>}
    </li>
  );
}

const Gap = ({ ms }: { readonly ms: number | null }) => (
  <li className="font-mono text-muted">{ms === null ? '→' : `→ ${milliseconds(ms)} →`}</li>
);
