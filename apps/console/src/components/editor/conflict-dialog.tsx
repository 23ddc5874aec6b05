'use client';

import { useText } from '../../i18n/text.ts';
import { rebase } from '../../lib/resource-version.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { YamlDiff } from './yaml-diff.tsx';

/** Somebody else was faster: shows both sides and lets the person choose; nothing is lost unseen. */
export function ConflictDialog({
  mine,
  theirs,
  onClose,
  onTakeTheirs,
  onKeepMine,
}: {
  readonly mine: string;
  /** Null when the object was deleted. */
  readonly theirs: string | null;
  readonly onClose: () => void;
  readonly onTakeTheirs: (theirs: string) => void;
  readonly onKeepMine: (theirs: string) => void;
}) {
  const t = useText('editor.conflict');
  const review = useText('editor.review');
  if (theirs === null) {
    return (
      <Dialog open onClose={onClose} title={t('deleted')}>
        <p>{t('deletedText')}</p>
        <DialogActions>
          <Button onClick={onClose}>{review('back')}</Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog open wide onClose={onClose} title={t('title')} description={t('text')}>
      <YamlDiff
        before={theirs}
        after={rebase(mine, theirs)}
        beforeLabel={t('theirs')}
        afterLabel={t('yours')}
      />
      <DialogActions>
        <Button onClick={onClose}>{review('back')}</Button>
        <Button onClick={() => onTakeTheirs(theirs)}>{t('takeTheirs')}</Button>
        <Button look="primary" onClick={() => onKeepMine(theirs)}>
          {t('keepMine')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
