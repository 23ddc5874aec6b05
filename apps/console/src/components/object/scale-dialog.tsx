'use client';

import { type FormEvent, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';

export function ScaleDialog({
  objectRef,
  current,
  onClose,
}: {
  readonly objectRef: ObjectRef;
  readonly current: number;
  readonly onClose: () => void;
}) {
  const t = useText('objects.scale');
  const actions = useText('objects.actions');
  const common = useText('common');
  const [value, setValue] = useState(String(current));
  const act = useAct();
  const replicas = Number(value);
  const isFit = value.trim() !== '' && Number.isInteger(replicas) && replicas >= 0;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isFit) return;
    const done = t('done', { name: objectRef.name, count: replicas });
    if (await act(() => api.actions.scale.mutate({ ref: objectRef, replicas }), done)) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('title', { name: objectRef.name })}>
      <form onSubmit={(event) => void submit(event)}>
        <Field
          id="replicas"
          label={t('replicas')}
          type="number"
          min={0}
          inputMode="numeric"
          value={value}
          hint={t('hint', { count: current })}
          onChange={(event) => setValue(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" look="primary" blocked={isFit ? '' : t('invalid')}>
            {actions('scale')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
