'use client';

import { LogOut, ShieldBan, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { type Permission, usePermissions } from '../../lib/access.ts';
import { at } from '../../lib/fields.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { DrainDialog } from '../node/drain-dialog.tsx';
import { ActionButton } from '../ui/button.tsx';

const LIST_PODS = { verb: 'list', group: '', resource: 'pods' };
const EVICT = { verb: 'create', group: '', resource: 'pods', subresource: 'eviction' };

/** Keeps new pods from a node, and sends away those that it has. */
export function NodeActions({
  objectRef: { name },
  object,
  patch,
}: {
  readonly objectRef: ObjectRef;
  readonly object: unknown;
  readonly patch: Permission | undefined;
}) {
  const t = useText('objects.actions');
  const drain = useText('nodes.drain');
  const act = useAct();
  const [draining, setDraining] = useState(false);
  const [list, evict] = usePermissions([LIST_PODS, EVICT]);
  const cordoned = at(object, 'spec.unschedulable') === true;
  const lacking = [patch, list, evict].find((permission) => permission?.allowed === false);
  return (
    <>
      <ActionButton
        icon={cordoned ? ShieldCheck : ShieldBan}
        permission={patch}
        onClick={() =>
          act(
            () => api.actions.cordon.mutate({ name, unschedulable: !cordoned }),
            cordoned ? t('uncordoned', { name }) : t('cordoned', { name }),
          )
        }
      >
        {cordoned ? t('uncordon') : t('cordon')}
      </ActionButton>
      <ActionButton icon={LogOut} permission={lacking ?? evict} onClick={() => setDraining(true)}>
        {drain('open')}
      </ActionButton>
      {draining ? <DrainDialog node={name} onClose={() => setDraining(false)} /> : null}
    </>
  );
}
