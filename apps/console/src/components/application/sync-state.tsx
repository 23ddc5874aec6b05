'use client';

import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { usePermissions } from '../../lib/access.ts';
import { shortCommit } from '../../lib/format.ts';
import { APPLICATIONS, type ObjectRef } from '../../lib/paths.ts';
import type { ApplicationPage } from '../../lib/queries.ts';
import { rightOn } from '../../lib/rights.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { Age } from '../ui/age.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ApprovePrune } from './approve-prune.tsx';

/** What the sync is doing, and what it waits for a person with. */
export function SyncState({ page }: { readonly page: ApplicationPage }) {
  const { operation, pendingPrune, quarantine } = page;
  return (
    <>
      {operation === null ? null : <Operation operation={operation} />}
      {pendingPrune === null ? null : <PendingPrune page={page} prune={pendingPrune} />}
      {quarantine === null ? null : <Quarantined page={page} quarantine={quarantine} />}
    </>
  );
}

const refOf = ({ line: { namespace, name } }: ApplicationPage): ObjectRef => ({
  resource: APPLICATIONS,
  namespace,
  name,
});

function Operation({ operation }: { readonly operation: NonNullable<ApplicationPage['operation']> }) {
  const t = useText('applications.operation');
  const { commit, phase = 'Sync', wave, waves = 1, message = '', startTime } = operation;
  const where =
    phase === 'Sync' && waves > 1 && wave !== undefined ? t('wave', { wave, waves }) : t(`phases.${phase}`);
  return (
    <Notice tone="busy" role="status" title={t('title', { commit: shortCommit(commit), where })}>
      {message === '' ? null : <p>{message}</p>}
      {startTime === undefined ? null : (
        <p className="text-muted">
          {t('since')} <Age time={startTime} ago />
        </p>
      )}
    </Notice>
  );
}

function PendingPrune({
  page,
  prune,
}: {
  readonly page: ApplicationPage;
  readonly prune: NonNullable<ApplicationPage['pendingPrune']>;
}) {
  const t = useText('applications.prune');
  const [open, setOpen] = useState(false);
  const [patch] = usePermissions([rightOn(refOf(page), 'patch')]);
  return (
    <Notice
      tone="drift"
      role="alert"
      title={t('title', { commit: shortCommit(prune.commit), count: prune.count, of: prune.of })}
    >
      <p>{t('text')}</p>
      <div className="mt-2">
        <ActionButton permission={patch} onClick={() => setOpen(true)}>
          {t('review')}
        </ActionButton>
      </div>
      {open ? <ApprovePrune page={page} prune={prune} onClose={() => setOpen(false)} /> : null}
    </Notice>
  );
}

function Quarantined({
  page,
  quarantine,
}: {
  readonly page: ApplicationPage;
  readonly quarantine: NonNullable<ApplicationPage['quarantine']>;
}) {
  const t = useText('applications.quarantine');
  const act = useAct();
  const [patch] = usePermissions([rightOn(refOf(page), 'patch')]);
  const { commit, rolledBackTo = '', user = '', time } = quarantine;
  const { namespace, name } = page.line;
  return (
    <Notice
      tone="drift"
      role="status"
      title={t(user === '' ? 'title' : 'titleBy', {
        commit: shortCommit(commit),
        to: shortCommit(rolledBackTo),
        user,
      })}
    >
      <p>
        {t('text', { commit: shortCommit(commit) })}
        {time === undefined ? null : (
          <>
            {' '}
            <span className="text-muted">
              <Age time={time} ago />
            </span>
          </>
        )}
      </p>
      <div className="mt-2">
        <ActionButton
          permission={patch}
          onClick={() => void act(() => api.actions.sync.mutate({ namespace, name }), t('lifted'))}
        >
          {t('lift', { commit: shortCommit(commit) })}
        </ActionButton>
      </div>
    </Notice>
  );
}
