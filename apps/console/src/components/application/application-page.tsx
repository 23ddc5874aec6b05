'use client';

import { useQueryClient } from '@tanstack/react-query';
import { GitCommitHorizontal, RefreshCw, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { usePermissions } from '../../lib/access.ts';
import { shortCommit } from '../../lib/format.ts';
import { useKeys } from '../../lib/keys.ts';
import { APPLICATIONS, type ObjectRef, objectHref, REPOSITORIES } from '../../lib/paths.ts';
import { type ApplicationPage as Page, useApplication, useKinds } from '../../lib/queries.ts';
import { rightOn } from '../../lib/rights.ts';
import { api } from '../../lib/trpc.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { useAct } from '../../lib/use-act.ts';
import { DeleteDialog } from '../object/delete-dialog.tsx';
import { tabsFor } from '../object/object-tabs.tsx';
import { Age } from '../ui/age.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Notice, Skeleton, Trouble } from '../ui/notice.tsx';
import { Status } from '../ui/status.tsx';
import { type Tab, Tabs } from '../ui/tabs.tsx';
import { History } from './history.tsx';
import { ObjectTree } from './object-tree.tsx';
import { PlanView } from './plan-view.tsx';
import { Plans } from './plans.tsx';
import { Pushes, PushProblems } from './pushes.tsx';
import { SelectiveSync } from './selective-sync.tsx';
import { SyncState } from './sync-state.tsx';
import { Timeline } from './timeline.tsx';

/** One Application: what it is made of, what a sync would change, what happened. */
export function ApplicationPage({ namespace, name }: { readonly namespace: string; readonly name: string }) {
  const t = useText('applications');
  const objects = useText('objects');
  const url = useUrlState();
  const { find } = useKinds();
  const objectRef: ObjectRef = { resource: APPLICATIONS, namespace, name };
  const { data, error } = useApplication(namespace, name);
  useKeys({ y: () => url.set({ tab: 'yaml' }), e: () => url.set({ tab: 'yaml', edit: '1' }) });
  if (error !== null && data === undefined)
    return (
      <div className="p-4">
        <Trouble error={error} what={t('whatOne', { name })} />
      </div>
    );
  const general = tabsFor({ objectRef, object: { kind: 'Application' }, kind: find(APPLICATIONS) }, objects);
  const tabs: Tab[] =
    data === undefined
      ? []
      : [
          {
            id: 'objects',
            label: t('tabs.objects'),
            count: data.objects.length,
            content: () => (
              <ObjectTree objects={data.objects} made={data.children} detailsOmitted={data.detailsOmitted} />
            ),
          },
          {
            id: 'plan',
            label: t('tabs.plan'),
            content: () => (
              <>
                <PlanView namespace={namespace} name={name} />
                <Plans namespace={namespace} name={name} follows={data.line.follows.value} />
              </>
            ),
          },
          { id: 'history', label: t('tabs.history'), content: () => <History page={data} /> },
          {
            id: 'timeline',
            label: t('tabs.timeline'),
            content: () => <Timeline namespace={namespace} name={name} />,
          },
          {
            id: 'pushes',
            label: t('tabs.pushes'),
            count: data.rejected.length === 0 ? undefined : data.rejected.length,
            content: () => <Pushes rejected={data.rejected} />,
          },
          ...general.filter(({ id }) => id === 'events' || id === 'yaml' || id === 'changes'),
        ];
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 p-4">
      <Header objectRef={objectRef} page={data} />
      {data === undefined ? (
        <Skeleton lines={10} />
      ) : (
        <>
          <SyncState page={data} />
          <Troubles page={data} />
        </>
      )}
      {data === undefined ? null : (
        <Tabs
          label={t('views')}
          tabs={tabs}
          value={url.get('tab')}
          onChange={(tab) => url.set({ tab, edit: '' })}
        />
      )}
    </div>
  );
}

function Header({ objectRef, page }: { readonly objectRef: ObjectRef; readonly page: Page | undefined }) {
  const t = useText('applications');
  const common = useText('common');
  const act = useAct();
  const router = useRouter();
  const client = useQueryClient();
  const [deleting, setDeleting] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [patch, remove] = usePermissions([rightOn(objectRef, 'patch'), rightOn(objectRef, 'delete')]);
  const { namespace, name } = objectRef;
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-xs text-muted">
          <Link href="/applications" prefetch={false} className="link">
            {t('one')}
          </Link>{' '}
          {t('inNamespace', { namespace })}
        </p>
        <h1 className="text-lg font-semibold break-all">{name}</h1>
        {page === undefined ? null : <Source page={page} />}
      </div>
      {page === undefined ? null : (
        <dl className="flex gap-6">
          <Axis label={t('columns.sync')}>
            <Status word={page.line.sync} pill />
          </Axis>
          <Axis label={t('columns.health')}>
            <Status word={page.line.health} pill />
          </Axis>
        </dl>
      )}
      <div className="flex flex-wrap gap-2">
        <ActionButton
          look="primary"
          icon={RefreshCw}
          permission={patch}
          blocked={page?.isSyncing === true ? t('syncBlocked') : ''}
          onClick={async () => {
            await act(() => api.actions.sync.mutate({ namespace, name }), t('syncAsked'));
            void client.invalidateQueries({ queryKey: ['application', namespace, name] });
          }}
        >
          {page?.isSyncing === true ? t('syncing') : t('sync')}
        </ActionButton>
        <ActionButton
          permission={patch}
          blocked={page === undefined || page.objects.length === 0 ? t('tree.empty') : ''}
          onClick={() => setChoosing(true)}
        >
          {t('selective.button')}
        </ActionButton>
        <ActionButton look="danger" icon={Trash2} permission={remove} onClick={() => setDeleting(true)}>
          {common('delete')}
        </ActionButton>
      </div>
      {choosing && page !== undefined ? (
        <SelectiveSync page={page} onClose={() => setChoosing(false)} />
      ) : null}
      {deleting ? (
        <DeleteDialog
          objectRef={objectRef}
          kindName="Application"
          uid={page?.uid ?? ''}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.push('/applications')}
        />
      ) : null}
    </header>
  );
}

const Axis = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <dt className="mb-1 text-xs text-muted">{label}</dt>
    <dd>{children}</dd>
  </div>
);

function Source({ page: { line, chartVersion } }: { readonly page: Page }) {
  const t = useText('applications.source');
  const behind = line.targetCommit !== '' && line.targetCommit !== line.commit;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 text-muted">
      <GitCommitHorizontal aria-hidden className="size-4" />
      <span>
        {t.rich(line.follows.what, {
          name: line.repository,
          value: line.follows.value,
          repository: (name) => (
            <Link
              href={objectHref({ resource: REPOSITORIES, namespace: line.namespace, name: line.repository })}
              prefetch={false}
              className="link"
            >
              {name}
            </Link>
          ),
        })}
        {line.path === '.' ? '' : `, ${t('folder', { path: line.path })}`}
        {chartVersion === '' ? '' : `, ${t('chart', { version: chartVersion })}`}
      </span>
      {line.commit === '' ? (
        <span>{t('nothing')}</span>
      ) : (
        <code className="font-mono text-xs">{shortCommit(line.commit)}</code>
      )}
      {behind ? (
        <span className="text-drift">
          {t.rich('behind', {
            commit: shortCommit(line.targetCommit),
            code: (text) => <code className="font-mono text-xs">{text}</code>,
          })}
        </span>
      ) : null}
      {line.last?.time === undefined ? null : (
        <span>
          {t('synced')} <Age time={line.last.time} ago />
        </span>
      )}
    </p>
  );
}

/** Events tell the time to the second. */
const second = (time: string): string => time.slice(0, 'YYYY-MM-DDThh:mm:ss'.length);

/** What keeps the Application from being well, where it can't be overlooked. */
function Troubles({ page }: { readonly page: Page }) {
  const t = useText('applications');
  const { failure, line, rejected } = page;
  const newest = rejected[0];
  const isRecent = newest !== undefined && second(newest.time) >= second(line.last?.time ?? '');
  return (
    <>
      {failure.length > 0 ? (
        <Notice
          tone="broken"
          role="alert"
          title={t('syncFailed', { commit: shortCommit(line.last?.commit ?? '') })}
        >
          <PushProblems problems={failure} />
        </Notice>
      ) : null}
      {isRecent ? (
        <Notice
          tone="broken"
          role="alert"
          title={newest.user === '' ? t('pushRejected') : t('pushRejectedBy', { user: newest.user })}
        >
          <PushProblems problems={newest.problems} />
        </Notice>
      ) : null}
      {failure.length === 0 && line.health !== 'Healthy' && line.message !== '' ? (
        <Notice
          tone={line.health === 'Degraded' || line.health === 'Missing' ? 'broken' : 'busy'}
          role="status"
          title={line.message}
        />
      ) : null}
    </>
  );
}
