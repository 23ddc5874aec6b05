'use client';

import { useText } from '../../i18n/text.ts';
import { shortCommit } from '../../lib/format.ts';
import type { ApplicationPage } from '../../lib/queries.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';

/** Names what a commit would delete, and lets it. The approval is for these numbers only. */
export function ApprovePrune({
  page: { line },
  prune,
  onClose,
}: {
  readonly page: ApplicationPage;
  readonly prune: NonNullable<ApplicationPage['pendingPrune']>;
  readonly onClose: () => void;
}) {
  const t = useText('applications.prune');
  const common = useText('common');
  const act = useAct();
  const { commit, count, of, objects = [], approval = '' } = prune;
  const { namespace, name } = line;
  const approve = async (): Promise<void> => {
    const done = t('approved', { count });
    if (await act(() => api.actions.approvePrune.mutate({ namespace, name, approval }), done)) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('dialog', { count, of })}
      description={t('description', { commit: shortCommit(commit) })}
    >
      <ul
        aria-label={t('objects')}
        className="max-h-72 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs"
      >
        {objects.map((object) => (
          <li key={object} className="break-all">
            {object}
          </li>
        ))}
        {count > objects.length ? <li>{t('more', { count: count - objects.length })}</li> : null}
      </ul>
      <DialogActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button look="danger" blocked={approval === '' ? t('nothing') : ''} onClick={() => void approve()}>
          {t('approve', { count })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
