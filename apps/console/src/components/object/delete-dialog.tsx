'use client';

import { type FormEvent, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import type { en } from '../../messages/en.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';

/** Kinds whose deletion takes much with it: their name must be typed. */
type Named = keyof typeof en.objects.deletion.warnings;
const isNamed = (kindName: string): kindName is Named =>
  /^(Namespace|Node|PersistentVolume|CustomResourceDefinition|Application)$/.test(kindName);

export function DeleteDialog({
  objectRef,
  kindName,
  uid,
  onClose,
  onDeleted,
}: {
  readonly objectRef: ObjectRef;
  readonly kindName: string;
  readonly uid: string;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}) {
  const t = useText('objects.deletion');
  const common = useText('common');
  const [typed, setTyped] = useState('');
  const act = useAct();
  const warning = isNamed(kindName) ? t(`warnings.${kindName}`) : undefined;
  const confirmed = warning === undefined || typed === objectRef.name;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!confirmed) return;
    // By its uid, so that a namesake made meanwhile stays.
    const done = await act(
      () => api.write.delete.mutate({ ref: objectRef, uid }),
      t('done', { name: objectRef.name }),
    );
    if (!done) return;
    onClose();
    onDeleted();
  };
  const { name, namespace } = objectRef;
  const title =
    namespace === ''
      ? t('title', { kind: kindName, name })
      : t('titleIn', { kind: kindName, name, namespace });
  return (
    <Dialog open onClose={onClose} title={title}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        {warning === undefined ? (
          <p>{t('text')}</p>
        ) : (
          <>
            <Notice tone="broken" title={warning} />
            <Field
              id="confirm-name"
              label={t('confirm', { name })}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </>
        )}
        <DialogActions>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" look="danger" blocked={confirmed ? '' : t('blocked')}>
            {common('delete')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
