'use client';

import { type FormEvent, useState } from 'react';
import type { ObjectRef } from '../../lib/paths.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';

/** Kinds whose deletion takes much with it: their name must be typed. */
const NAMED: Readonly<Record<string, string>> = {
  Namespace: 'Everything in this namespace is deleted with it.',
  Node: 'Its pods are deleted; the node comes back when its agent still runs.',
  PersistentVolume: 'The data on it may be lost.',
  CustomResourceDefinition: 'All objects of this kind are deleted with it.',
  Application: 'The objects that it made stay, and nothing keeps them as Git says any more.',
};

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
  const [typed, setTyped] = useState('');
  const act = useAct();
  const warning = NAMED[kindName];
  const confirmed = warning === undefined || typed === objectRef.name;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!confirmed) return;
    // By its uid, so that a namesake made meanwhile stays.
    const done = await act(
      () => api.write.delete.mutate({ ref: objectRef, uid }),
      `${objectRef.name} is being deleted`,
    );
    if (!done) return;
    onClose();
    onDeleted();
  };
  const where = objectRef.namespace === '' ? '' : ` in ${objectRef.namespace}`;
  return (
    <Dialog open onClose={onClose} title={`Delete ${kindName} ${objectRef.name}${where}?`}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        {warning === undefined ? (
          <p>This cannot be taken back. What follows Git is made again by its next sync.</p>
        ) : (
          <>
            <Notice tone="broken" title={warning} />
            <Field
              id="confirm-name"
              label={`Type ${objectRef.name} to confirm`}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="danger" blocked={confirmed ? '' : 'Type the name first'}>
            Delete
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
