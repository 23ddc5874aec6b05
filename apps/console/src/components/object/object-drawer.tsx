'use client';

import { Maximize2, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { listHref, type ObjectRef, objectHref, qualified } from '../../lib/paths.ts';
import { useKinds, useObject } from '../../lib/queries.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton, Trouble } from '../ui/notice.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { ObjectActions } from './object-actions.tsx';
import { ObjectHeader } from './object-header.tsx';
import { tabsFor } from './object-tabs.tsx';

/** Details beside a list, which stays where it is. */
export function ObjectDrawer({
  objectRef,
  onClose,
}: {
  readonly objectRef: ObjectRef;
  readonly onClose: () => void;
}) {
  const t = useText('lists');
  const objects = useText('objects');
  const router = useRouter();
  const [tab, setTab] = useState('summary');
  const { find } = useKinds();
  const kind = find(objectRef.resource);
  const { data, error } = useObject(objectRef);
  const page = (where = ''): void => router.push(objectHref(objectRef, where));
  return (
    <aside
      aria-label={t('details', { name: objectRef.name })}
      className="flex w-[480px] shrink-0 flex-col gap-3 overflow-y-auto border-l border-line bg-surface p-4 max-xl:absolute max-xl:inset-y-0 max-xl:right-0 max-xl:z-20 max-xl:w-[min(480px,100vw)] max-xl:shadow-pop"
    >
      <div className="flex justify-end gap-1">
        <Button look="quiet" icon={Maximize2} aria-label={t('openPage')} onClick={() => page()} />
        <Button look="quiet" icon={X} aria-label={t('closeDetails')} onClick={onClose} />
      </div>
      <ObjectHeader
        objectRef={objectRef}
        kindName={kind?.kind ?? qualified(objectRef.resource)}
        object={data?.object}
        listHref={listHref(objectRef.resource)}
      >
        {data === undefined ? null : (
          <ObjectActions
            objectRef={objectRef}
            object={data.object}
            kind={kind}
            onEdit={() => page('yaml&edit=1')}
            onDeleted={onClose}
          />
        )}
      </ObjectHeader>
      {error !== null ? <Trouble error={error} what={objectRef.name} /> : null}
      {data === undefined ? (
        error === null ? (
          <Skeleton lines={10} />
        ) : null
      ) : (
        <Tabs
          label={objects('views')}
          tabs={tabsFor({ objectRef, object: data.object, kind }, objects)}
          value={tab}
          onChange={setTab}
        />
      )}
    </aside>
  );
}
