'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { usePermissions } from '../../lib/access.ts';
import { shortCommit } from '../../lib/format.ts';
import { useLive } from '../../lib/live.ts';
import { api, type Outputs } from '../../lib/trpc.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { Age } from '../ui/age.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice, Skeleton, Trouble } from '../ui/notice.tsx';
import { Status } from '../ui/status.tsx';
import { PlanChanges } from './plan-changes.tsx';

type Line = Outputs['applications']['plans'][number];

const PLANS = { group: 'gitops.gantry.dev', version: 'v1alpha1', plural: 'plans' };

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** Plans of any branch, tag or commit: those that pushes left, and one that is asked for here. */
export function Plans({ namespace, name, follows }: Named & { readonly follows: string }) {
  const t = useText('applications.plans');
  const url = useUrlState();
  const queryKey = ['plans', namespace, name];
  useLive([{ resource: PLANS, namespace }], queryKey);
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => api.applications.plans.query({ namespace, name }),
  });
  const chosen = url.get('plan');
  const shown = data?.find((line) => line.name === chosen);
  return (
    <section aria-label={t('label')} className="mt-6 flex flex-col gap-3">
      <h2 className="text-md font-semibold">{t('title')}</h2>
      <AskForPlan namespace={namespace} name={name} follows={follows} onMade={(plan) => url.set({ plan })} />
      {error === null ? null : <Trouble error={error} what={t('what')} />}
      {data === undefined && error === null ? <Skeleton lines={3} /> : null}
      {data?.length === 0 ? <p className="text-muted">{t('none')}</p> : null}
      {data === undefined || data.length === 0 ? null : (
        <ul className="card divide-y divide-line">
          {data.map((line) => (
            <li key={line.name}>
              <PlanLine
                line={line}
                isOpen={line.name === chosen}
                onToggle={() => url.set({ plan: line.name === chosen ? '' : line.name })}
              />
            </li>
          ))}
        </ul>
      )}
      {shown === undefined ? null : <Plan namespace={namespace} name={shown.name} phase={shown.phase} />}
    </section>
  );
}

function AskForPlan({
  namespace,
  name,
  follows,
  onMade,
}: Named & { readonly follows: string; readonly onMade: (plan: string) => void }) {
  const t = useText('applications.plans');
  const [revision, setRevision] = useState('');
  const [create] = usePermissions([
    { verb: 'create', group: PLANS.group, resource: PLANS.plural, namespace, name: '' },
  ]);
  const ask = useMutation({
    mutationFn: () => api.applications.planFor.mutate({ namespace, name, revision }),
    onSuccess: (plan) => onMade(plan.name),
  });
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (create?.allowed === true) ask.mutate();
      }}
    >
      <Field
        id="plan-revision"
        className="min-w-56 flex-1 md:max-w-sm"
        label={t('revision')}
        placeholder={follows}
        autoComplete="off"
        spellCheck={false}
        value={revision}
        onChange={(event) => setRevision(event.target.value)}
      />
      <ActionButton type="submit" permission={create} blocked={ask.isPending ? t('planning') : ''}>
        {ask.isPending ? t('planning') : t('ask')}
      </ActionButton>
      {ask.error === null ? null : (
        <div className="basis-full">
          <Trouble error={ask.error} what={t('what')} />
        </div>
      )}
    </form>
  );
}

function PlanLine({
  line,
  isOpen,
  onToggle,
}: {
  readonly line: Line;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const t = useText('applications.plans');
  const { phase, commit, ref, revision, created, changed, pruned, time, message } = line;
  const of = ref || revision;
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={onToggle}
      className="flex min-h-8 w-full flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5 text-left hover:bg-sunken"
    >
      <Status word={phase} axis={t('phase')} />
      <code className="font-mono text-xs">{shortCommit(commit) || '–'}</code>
      {of === '' ? null : <span className="break-all">{of}</span>}
      <span className="min-w-0 flex-1 text-muted">
        {phase === 'Ready' ? t('counts', { created, changed, pruned }) : message.split('\n')[0]}
      </span>
      <span className="text-muted">
        <Age time={time} ago />
      </span>
    </button>
  );
}

function Plan({ namespace, name, phase }: Named & { readonly phase: string }) {
  const t = useText('applications.plans');
  const { data, error } = useQuery({
    queryKey: ['plan-of', namespace, name, phase],
    queryFn: () => api.applications.planOf.query({ namespace, name }),
  });
  if (error !== null) return <Trouble error={error} what={t('what')} />;
  if (data === undefined) return <Skeleton lines={6} />;
  return (
    <div className="flex flex-col gap-3">
      {data.message === '' ? null : (
        <Notice tone={data.phase === 'Ready' ? 'idle' : 'broken'} title={data.message} />
      )}
      {data.problems.map(({ file = '', line, object = '', field = '', reason }) => (
        <p key={`${file}:${line} ${object} ${field} ${reason}`}>
          <code className="mr-2 font-mono text-xs font-medium">
            {file}
            {line === undefined ? '' : `:${line}`}
          </code>
          {object} {field} {reason}
        </p>
      ))}
      {data.phase === 'Ready' && data.changes.length === 0 ? (
        <p className="text-muted">{t('empty')}</p>
      ) : null}
      <PlanChanges plan={data} />
    </div>
  );
}
