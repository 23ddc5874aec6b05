'use client';

import { type LucideIcon, RotateCw, Scaling, Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { type Permission, usePermissions } from '../../lib/access.ts';
import type { TableRow } from '../../lib/columns.ts';
import type { ResourceRef } from '../../lib/paths.ts';
import type { ServedKind } from '../../lib/queries.ts';
import { ActionButton, Button } from '../ui/button.tsx';
import { useToast } from '../ui/toast.tsx';
import type { BulkAction } from './bulk.ts';
import { BulkDialog } from './bulk-dialog.tsx';

const ICONS: Readonly<Record<BulkAction, LucideIcon>> = {
  restart: RotateCw,
  scale: Scaling,
  label: Tag,
  delete: Trash2,
};
const RESTARTABLE = /^(Deployment|StatefulSet|DaemonSet)$/;
/** Namespaces whose rights are asked for one by one; beyond, those for all of them. */
const NAMESPACES_MAX = 12;

const actionsOf = (kind: ServedKind): BulkAction[] => [
  ...(RESTARTABLE.test(kind.kind) && kind.group === 'apps' ? (['restart'] as const) : []),
  ...(kind.subresources.includes('scale') ? (['scale'] as const) : []),
  ...(kind.verbs.includes('patch') ? (['label'] as const) : []),
  ...(kind.verbs.includes('delete') ? (['delete'] as const) : []),
];

/** What can be done to the rows that are selected. */
export function BulkBar({
  rows,
  resource,
  kind,
  onSelect,
}: {
  readonly rows: readonly TableRow[];
  readonly resource: ResourceRef;
  readonly kind: ServedKind;
  readonly onSelect: (rows: readonly TableRow[]) => void;
}) {
  const t = useText('bulk');
  const say = useToast();
  const [action, setAction] = useState<BulkAction>();
  const all = [...new Set(rows.map(({ namespace }) => namespace))].sort();
  const namespaces = all.length > NAMESPACES_MAX ? [''] : all;
  const actions = actionsOf(kind);
  const permissions = usePermissions(
    actions.flatMap((one) =>
      namespaces.map((namespace) => ({
        verb: one === 'delete' ? 'delete' : 'patch',
        group: resource.group,
        resource: resource.plural,
        namespace,
        ...(one === 'scale' ? { subresource: 'scale' } : {}),
      })),
    ),
  );
  /** The first that is denied says which right is missing. */
  const permissionOf = (index: number): Permission | undefined => {
    const own = permissions.slice(index * namespaces.length, (index + 1) * namespaces.length);
    return own.find(({ allowed }) => !allowed) ?? own[0];
  };
  return (
    <section
      aria-label={t('selected', { count: rows.length })}
      className="flex flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-2"
    >
      <p role="status" className="font-medium">
        {t('selected', { count: rows.length })}
      </p>
      <Button look="quiet" icon={X} onClick={() => onSelect([])}>
        {t('clear')}
      </Button>
      <div className="flex-1" />
      {actions.map((one, index) => (
        <ActionButton
          key={one}
          icon={ICONS[one]}
          look={one === 'delete' ? 'danger' : 'plain'}
          permission={permissionOf(index)}
          aria-label={t(`labelled.${one}`, { count: rows.length })}
          onClick={() => setAction(one)}
        >
          {t(`actions.${one}`)}
        </ActionButton>
      ))}
      {action === undefined ? null : (
        <BulkDialog
          action={action}
          rows={rows}
          resource={resource}
          kindName={kind.kind}
          onClose={(failed) => {
            setAction(undefined);
            if (failed === undefined) return;
            if (failed.length === 0) say('done', t(`done.${action}`, { count: rows.length }));
            onSelect(failed);
          }}
        />
      )}
    </section>
  );
}
