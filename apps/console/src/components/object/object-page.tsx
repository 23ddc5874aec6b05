'use client';

import { useRouter } from 'next/navigation';
import { useText } from '../../i18n/text.ts';
import { useKeys } from '../../lib/keys.ts';
import { listHref, type ObjectRef, qualified } from '../../lib/paths.ts';
import { useKinds, useObject } from '../../lib/queries.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { Skeleton, Trouble } from '../ui/notice.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { ObjectActions } from './object-actions.tsx';
import { ObjectHeader } from './object-header.tsx';
import { tabsFor } from './object-tabs.tsx';

/** Everything about one object. */
export function ObjectPage({ objectRef }: { readonly objectRef: ObjectRef }) {
  const t = useText('objects');
  const url = useUrlState();
  const router = useRouter();
  const { find } = useKinds();
  const kind = find(objectRef.resource);
  const { data, error } = useObject(objectRef);
  const tabs = data === undefined ? [] : tabsFor({ objectRef, object: data.object, kind }, t);
  const open = (tab: string): void => url.set({ tab, edit: '' });
  const openIfThere = (tab: string) => (): void => {
    if (tabs.some(({ id }) => id === tab)) open(tab);
  };
  useKeys({
    y: () => open('yaml'),
    e: () => url.set({ tab: 'yaml', edit: '1' }),
    l: openIfThere('logs'),
    s: openIfThere('shell'),
  });
  const back = listHref(objectRef.resource);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 p-4">
      <ObjectHeader
        objectRef={objectRef}
        kindName={kind?.kind ?? qualified(objectRef.resource)}
        object={data?.object}
        listHref={back}
      >
        {data === undefined ? null : (
          <ObjectActions
            objectRef={objectRef}
            object={data.object}
            kind={kind}
            onEdit={() => url.set({ tab: 'yaml', edit: '1' })}
            onDeleted={() => router.push(back)}
          />
        )}
      </ObjectHeader>
      {error !== null ? <Trouble error={error} what={objectRef.name} /> : null}
      {data === undefined && error === null ? <Skeleton lines={10} /> : null}
      {data === undefined ? null : (
        <Tabs label={t('views')} tabs={tabs} value={url.get('tab')} onChange={open} />
      )}
    </div>
  );
}
