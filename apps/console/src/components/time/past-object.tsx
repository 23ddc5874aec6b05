'use client';

import { useQuery } from '@tanstack/react-query';
import { useText } from '../../i18n/text.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { api } from '../../lib/trpc.ts';
import { YamlDiff } from '../editor/yaml-diff.tsx';
import { Button } from '../ui/button.tsx';
import { Notice, Skeleton, Trouble } from '../ui/notice.tsx';

/** An object as it was at a revision, beside what it is now. */
export function PastObject({
  objectRef,
  revision,
  onClose,
}: {
  readonly objectRef: ObjectRef;
  readonly revision: number;
  readonly onClose: () => void;
}) {
  const t = useText('time');
  const { data, error } = useQuery({
    queryKey: ['object-at', objectRef, revision],
    queryFn: () => api.history.objectAt.query({ ...objectRef, revision }),
    retry: false,
  });
  return (
    <section aria-label={t('past')} className="card flex flex-col gap-2 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="flex-1 font-semibold">{t('past')}</h2>
        <Button look="quiet" onClick={onClose}>
          {t('back')}
        </Button>
      </div>
      {error === null ? null : <Trouble error={error} what={t('past')} />}
      {data === undefined && error === null ? <Skeleton lines={8} /> : null}
      {data?.hidden === true ? <Notice tone="idle" title={t('hidden')} /> : null}
      {data === undefined ? null : data.object === null ? (
        <p>{t('wasNot')}</p>
      ) : (
        <YamlDiff
          before={data.yaml}
          after={data.now?.yaml ?? ''}
          beforeLabel={t('atThatTime')}
          afterLabel={data.now === null ? t('isGone') : t('now')}
        />
      )}
    </section>
  );
}
