'use client';

import { useText } from '../../i18n/text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { YamlDiff } from './yaml-diff.tsx';

/** Shows what an edit changes, with the server's defaults filled in, before it counts. */
export function ReviewDialog({
  before,
  after,
  onClose,
  onApply,
}: {
  readonly before: string;
  readonly after: string;
  readonly onClose: () => void;
  readonly onApply: () => void;
}) {
  const t = useText('editor.review');
  return (
    <Dialog open wide onClose={onClose} title={t('title')} description={t('text')}>
      <YamlDiff before={before} after={after} beforeLabel={t('now')} afterLabel={t('after')} />
      <DialogActions>
        <Button onClick={onClose}>{t('back')}</Button>
        <Button look="primary" onClick={onApply}>
          {t('apply')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
