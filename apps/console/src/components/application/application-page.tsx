'use client';

import { useQueryClient } from '@tanstack/react-query';
import { GitCommitHorizontal, RefreshCw, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { usePermissions } from '../../lib/access.ts';
import { shortCommit } from '../../lib/format.ts';
import { useKeys } from '../../lib/keys.ts';
import { APPLICATIONS, type ObjectRef } from '../../lib/paths.ts';
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
import { Pushes, PushProblems } from './pushes.tsx';

/** One Application: what it is made of, what a sync would change, what happened. */
export function ApplicationPage({ namespace, name }: { readonly namespace: string; readonly name: string }) {
  const url = useUrlState();
  const { find } = useKinds();
  const objectRef: ObjectRef = { resource: APPLICATIONS, namespace, name };
  const { data, error } = useApplication(namespace, name);
  useKeys({ y: () => url.set({ tab: 'yaml' }), e: () => url.set({ tab: 'yaml', edit: '1' }) });
  if (error !== null && data === undefined)
    return (
      <div className="p-4">
        <Trouble error={error} what={`The application ${name}`} />
      </div>
    );
  const general = tabsFor({ objectRef, object: { kind: 'Application' }, kind: find(APPLICATIONS) });
  const tabs: Tab[] =
    data === undefined
      ? []
      : [
          {
            id: 'objects',
            label: 'Objects',
            count: data.objects.length,
            content: () => <ObjectTree objects={data.objects} made={data.children} />,
          },
          {
            id: 'plan',
            label: 'Plan and diff',
            content: () => <PlanView namespace={namespace} name={name} />,
          },
          { id: 'history', label: 'History', content: () => <History history={data.history} /> },
          {
            id: 'pushes',
            label: 'Rejected pushes',
            count: data.rejected.length === 0 ? undefined : data.rejected.length,
            content: () => <Pushes rejected={data.rejected} />,
          },
          ...general.filter(({ id }) => id === 'events' || id === 'yaml'),
        ];
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 p-4">
      <Header objectRef={objectRef} page={data} />
      {data === undefined ? <Skeleton lines={10} /> : <Troubles page={data} />}
      {data === undefined ? null : (
        <Tabs
          label="Views of the application"
          tabs={tabs}
          value={url.get('tab')}
          onChange={(tab) => url.set({ tab, edit: '' })}
        />
      )}
    </div>
  );
}

function Header({ objectRef, page }: { readonly objectRef: ObjectRef; readonly page: Page | undefined }) {
  const act = useAct();
  const router = useRouter();
  const client = useQueryClient();
  const [deleting, setDeleting] = useState(false);
  const [patch, remove] = usePermissions([rightOn(objectRef, 'patch'), rightOn(objectRef, 'delete')]);
  const { namespace, name } = objectRef;
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-xs text-muted">
          <Link href="/applications" prefetch={false} className="link">
            Application
          </Link>{' '}
          in {namespace}
        </p>
        <h1 className="text-lg font-semibold break-all">{name}</h1>
        {page === undefined ? null : <Source page={page} />}
      </div>
      {page === undefined ? null : (
        <dl className="flex gap-6">
          <Axis label="Sync">
            <Status word={page.line.sync} pill />
          </Axis>
          <Axis label="Health">
            <Status word={page.line.health} pill />
          </Axis>
        </dl>
      )}
      <div className="flex gap-2">
        <ActionButton
          look="primary"
          icon={RefreshCw}
          permission={patch}
          blocked={page?.isSyncing === true ? 'A sync is asked for and not done yet' : ''}
          onClick={async () => {
            await act(() => api.actions.sync.mutate({ namespace, name }), 'A sync is asked for');
            void client.invalidateQueries({ queryKey: ['application', namespace, name] });
          }}
        >
          {page?.isSyncing === true ? 'Syncing …' : 'Sync now'}
        </ActionButton>
        <ActionButton look="danger" icon={Trash2} permission={remove} onClick={() => setDeleting(true)}>
          Delete
        </ActionButton>
      </div>
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

function Source({ page: { line } }: { readonly page: Page }) {
  const behind = line.targetCommit !== '' && line.targetCommit !== line.commit;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 text-muted">
      <GitCommitHorizontal aria-hidden className="size-4" />
      <span>
        {line.repository}, branch {line.branch}
        {line.path === '.' ? '' : `, folder ${line.path}`}
      </span>
      {line.commit === '' ? (
        <span>nothing applied yet</span>
      ) : (
        <code className="font-mono text-xs">{shortCommit(line.commit)}</code>
      )}
      {behind ? (
        <span className="text-drift">
          newest commit <code className="font-mono text-xs">{shortCommit(line.targetCommit)}</code> is not
          applied
        </span>
      ) : null}
      {line.last?.time === undefined ? null : (
        <span>
          synced <Age time={line.last.time} suffix=" ago" />
        </span>
      )}
    </p>
  );
}

/** Events tell the time to the second. */
const second = (time: string): string => time.slice(0, 'YYYY-MM-DDThh:mm:ss'.length);

/** What keeps the Application from being well, where it can't be overlooked. */
function Troubles({ page }: { readonly page: Page }) {
  const { failure, line, rejected } = page;
  const newest = rejected[0];
  const isRecent = newest !== undefined && second(newest.time) >= second(line.last?.time ?? '');
  return (
    <>
      {failure.length > 0 ? (
        <Notice
          tone="broken"
          role="alert"
          title={`The sync of ${shortCommit(line.last?.commit ?? '')} failed; nothing was changed`}
        >
          <PushProblems problems={failure} />
        </Notice>
      ) : null}
      {isRecent ? (
        <Notice
          tone="broken"
          role="alert"
          title={`The last push${newest.user === '' ? '' : `, by ${newest.user},`} was rejected; nothing was changed`}
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
