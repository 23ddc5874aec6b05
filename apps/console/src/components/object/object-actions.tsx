'use client';

import { Pencil, RotateCw, Scaling, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { usePermissions } from '../../lib/access.ts';
import { text } from '../../lib/fields.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import type { ServedKind } from '../../lib/queries.ts';
import { rightOn } from '../../lib/rights.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { ActionButton } from '../ui/button.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { NodeActions } from './node-actions.tsx';
import { RolloutActions } from './rollout-actions.tsx';
import { ScaleDialog } from './scale-dialog.tsx';

const RESTARTABLE = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** What a person may do to an object. What rights deny stands disabled, with the missing verb as its hint. */
export function ObjectActions({
  objectRef,
  object,
  kind,
  onEdit,
  onDeleted,
}: {
  readonly objectRef: ObjectRef;
  readonly object: unknown;
  readonly kind: ServedKind | undefined;
  readonly onEdit: () => void;
  readonly onDeleted: () => void;
}) {
  const t = useText('objects.actions');
  const common = useText('common');
  const [dialog, setDialog] = useState<'' | 'scale' | 'delete'>('');
  const act = useAct();
  const [scale, patch, update, remove] = usePermissions([
    rightOn(objectRef, 'patch', 'scale'),
    rightOn(objectRef, 'patch'),
    rightOn(objectRef, 'update'),
    rightOn(objectRef, 'delete'),
  ]);
  const { name } = objectRef;
  const kindName = text(object, 'kind');
  const close = (): void => setDialog('');
  return (
    <>
      {kind?.subresources.includes('scale') === true ? (
        <ActionButton icon={Scaling} permission={scale} onClick={() => setDialog('scale')}>
          {t('scale')}
        </ActionButton>
      ) : null}
      {RESTARTABLE.has(kindName) ? (
        <ActionButton
          icon={RotateCw}
          permission={patch}
          onClick={() => act(() => api.actions.restart.mutate({ ref: objectRef }), t('restarted', { name }))}
        >
          {t('restart')}
        </ActionButton>
      ) : null}
      <RolloutActions objectRef={objectRef} object={object} patch={patch} />
      {kindName === 'Node' ? <NodeActions objectRef={objectRef} object={object} patch={patch} /> : null}
      {kind?.verbs.includes('update') === true ? (
        <ActionButton icon={Pencil} permission={update} onClick={onEdit}>
          {common('edit')}
        </ActionButton>
      ) : null}
      {kind?.verbs.includes('delete') === true ? (
        <ActionButton look="danger" icon={Trash2} permission={remove} onClick={() => setDialog('delete')}>
          {common('delete')}
        </ActionButton>
      ) : null}
      {dialog === 'scale' ? (
        <ScaleDialog
          objectRef={objectRef}
          current={Number(text(object, 'spec.replicas') || 1)}
          onClose={close}
        />
      ) : null}
      {dialog === 'delete' ? (
        <DeleteDialog
          objectRef={objectRef}
          kindName={kindName}
          uid={text(object, 'metadata.uid')}
          onClose={close}
          onDeleted={onDeleted}
        />
      ) : null}
    </>
  );
}
