'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Eye, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { usePermissions } from '../../lib/access.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { type ServedKind, useObject } from '../../lib/queries.ts';
import { rightOn } from '../../lib/rights.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { ActionButton, Button } from '../ui/button.tsx';
import { Skeleton, Trouble } from '../ui/notice.tsx';
import { EditSession } from './edit-session.tsx';
import { YamlEditor } from './yaml-editor.tsx';

/** The object as YAML: to read, live; or to edit, from the state it had when the editing began. */
export function YamlTab({
  objectRef,
  kind,
}: {
  readonly objectRef: ObjectRef;
  readonly kind: ServedKind | undefined;
}) {
  const t = useText('editor');
  const secret = useText('objects.data');
  const url = useUrlState();
  const client = useQueryClient();
  const editing = url.get('edit') === '1';
  const [revealed, setRevealed] = useState(false);
  const { data, error } = useObject(objectRef, revealed || editing);
  const [update] = usePermissions([rightOn(objectRef, 'update')]);
  if (error !== null) return <Trouble error={error} what={objectRef.name} />;
  // An editor must never begin with hidden values: they would be saved.
  if (data === undefined || (editing && data.hidden)) return <Skeleton lines={12} />;
  if (editing && update?.allowed === true) {
    return (
      <EditSession
        objectRef={objectRef}
        start={data.yaml}
        live={data.yaml}
        onEnd={() => {
          void client.invalidateQueries({ queryKey: ['object', objectRef] });
          url.set({ edit: '' });
        }}
      />
    );
  }
  return (
    <div className="flex h-full min-h-[480px] flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {kind?.verbs.includes('update') === true ? (
          <ActionButton icon={Pencil} permission={update} onClick={() => url.set({ tab: 'yaml', edit: '1' })}>
            {t('editYaml')}
          </ActionButton>
        ) : null}
        {data.hidden ? (
          <Button icon={Eye} onClick={() => setRevealed(true)}>
            {secret('show')}
          </Button>
        ) : null}
      </div>
      <div className="min-h-0 flex-1">
        <YamlEditor text={data.yaml} readOnly label={t('yamlOf', { name: objectRef.name })} />
      </div>
    </div>
  );
}
