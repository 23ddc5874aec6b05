'use client';

import { useText } from '../../i18n/text.ts';
import { shortCommit } from '../../lib/format.ts';
import type { ApplicationPage } from '../../lib/queries.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';

/** Goes back to a commit of the history. What is followed stays away until it moves on. */
export function RollBack({
  page: { line },
  entry,
  onClose,
}: {
  readonly page: ApplicationPage;
  readonly entry: ApplicationPage['history'][number];
  readonly onClose: () => void;
}) {
  const t = useText('applications.rollback');
  const common = useText('common');
  const act = useAct();
  const { namespace, name, targetCommit, commit: present } = line;
  const { commit, message = '' } = entry;
  const short = shortCommit(commit);
  const submit = async (): Promise<void> => {
    const run = () => api.actions.rollBack.mutate({ namespace, name, commit });
    if (await act(run, t('asked', { commit: short }))) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('title', { name, commit: short })} description={message}>
      <p>{t('text', { present: shortCommit(present), newest: shortCommit(targetCommit), commit: short })}</p>
      <DialogActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button look="primary" onClick={() => void submit()}>
          {t('submit', { commit: short })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
