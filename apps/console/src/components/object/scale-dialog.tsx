'use client';

import { type FormEvent, useState } from 'react';
import { plural } from '../../lib/format.ts';
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
  const [value, setValue] = useState(String(current));
  const act = useAct();
  const replicas = Number(value);
  const isFit = value.trim() !== '' && Number.isInteger(replicas) && replicas >= 0;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isFit) return;
    const done = `${objectRef.name} is to have ${plural(replicas, 'replica')}`;
    if (await act(() => api.actions.scale.mutate({ ref: objectRef, replicas }), done)) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`Scale ${objectRef.name}`}>
      <form onSubmit={(event) => void submit(event)}>
        <Field
          id="replicas"
          label="Replicas"
          type="number"
          min={0}
          inputMode="numeric"
          value={value}
          hint={`Now ${current}. What follows Git is put back by the next sync, unless Git names no replicas.`}
          onChange={(event) => setValue(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" blocked={isFit ? '' : 'Type a whole number from 0'}>
            Scale
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
