'use client';

import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import type { ApplicationPage } from '../../lib/queries.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Status } from '../ui/status.tsx';

type AppObject = ApplicationPage['objects'][number];

/** `group/Kind/namespace/name` */
function identityOf({ apiVersion, kind, namespace = '', name }: AppObject): string {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return `${group}/${kind}/${namespace}/${name}`;
}

/** Applies some objects of the newest commit. What is out of sync is chosen at first. */
export function SelectiveSync({
  page: { line, objects },
  onClose,
}: {
  readonly page: ApplicationPage;
  readonly onClose: () => void;
}) {
  const t = useText('applications.selective');
  const columns = useText('applications.columns');
  const common = useText('common');
  const act = useAct();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(objects.filter(({ sync }) => sync === 'OutOfSync').map(identityOf)),
  );
  const toggle = (identity: string): void =>
    setChosen((old) => {
      const next = new Set(old);
      if (!next.delete(identity)) next.add(identity);
      return next;
    });
  const submit = async (): Promise<void> => {
    const input = { namespace: line.namespace, name: line.name, objects: [...chosen] };
    const done = t('asked', { count: chosen.size });
    if (await act(() => api.actions.syncObjects.mutate(input), done)) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('title', { name: line.name })} description={t('text')}>
      <fieldset className="max-h-80 overflow-auto rounded-md border border-line">
        <legend className="sr-only">{t('objects')}</legend>
        {objects.map((object) => {
          const identity = identityOf(object);
          return (
            <label
              key={identity}
              className="flex min-h-8 items-center gap-2 border-b border-line px-3 last:border-0 hover:bg-sunken"
            >
              <input
                type="checkbox"
                checked={chosen.has(identity)}
                onChange={() => toggle(identity)}
                className="accent-accent"
              />
              <span className="text-muted">{object.kind}</span>
              <span className="min-w-0 flex-1 truncate font-medium">{object.name}</span>
              <Status word={object.sync ?? 'Unknown'} axis={columns('sync')} />
            </label>
          );
        })}
      </fieldset>
      <DialogActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button look="primary" blocked={chosen.size === 0 ? t('nothing') : ''} onClick={() => void submit()}>
          {t('submit', { count: chosen.size })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
