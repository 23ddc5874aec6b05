'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useLocale, useText } from '../../i18n/text.ts';
import { clock, shortCommit } from '../../lib/format.ts';
import { useLive } from '../../lib/live.ts';
import { APPLICATIONS, type ObjectRef, objectHref } from '../../lib/paths.ts';
import { api, type Outputs } from '../../lib/trpc.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';

type Change = Outputs['history']['changesOf'][number];

const PAGE = 20;
const FIELDS_SHOWN = 6;

const PastObject = dynamic(() => import('./past-object.tsx').then((module) => module.PastObject), {
  ssr: false,
  loading: () => <Skeleton lines={12} />,
});

/** Who changed an object, when, from which commit, and what; and the object as it was after any of these. */
export function ObjectChanges({ objectRef }: { readonly objectRef: ObjectRef }) {
  const t = useText('time');
  const url = useUrlState();
  const at = Number(url.get('at'));
  const queryKey = ['changes', objectRef];
  useLive(
    [
      {
        resource: objectRef.resource,
        namespace: objectRef.namespace,
        fieldSelector: `metadata.name=${objectRef.name}`,
      },
    ],
    queryKey,
  );
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey,
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      api.history.changesOf.query({
        ...objectRef,
        limit: PAGE,
        ...(pageParam === 0 ? {} : { before: pageParam }),
      }),
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.revision),
    retry: false,
  });
  const changes = data?.pages.flat() ?? [];
  if (error !== null) return <Trouble error={error} what={t('what')} />;
  if (data === undefined) return <Skeleton lines={8} />;
  if (changes.length === 0) return <Empty title={t('none')}>{t('noneHelp')}</Empty>;
  return (
    <div className="flex flex-col gap-4">
      {Number.isInteger(at) && at > 0 ? (
        <PastObject objectRef={objectRef} revision={at} onClose={() => url.set({ at: '' })} />
      ) : null}
      <ol aria-label={t('label')} className="card divide-y divide-line">
        {changes.map((change) => (
          <li key={change.revision} className="px-4 py-2">
            <ChangeLine
              change={change}
              isShown={change.revision === at}
              onShow={() => url.set({ at: String(change.revision) })}
            />
          </li>
        ))}
      </ol>
      {hasNextPage ? (
        <div>
          <Button blocked={isFetchingNextPage ? t('loading') : ''} onClick={() => void fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function ChangeLine({
  change,
  isShown,
  onShow,
}: {
  readonly change: Change;
  readonly isShown: boolean;
  readonly onShow: () => void;
}) {
  const t = useText('time');
  const locale = useLocale();
  const { op, author, time, commit, application, differences } = change;
  return (
    <div className="grid gap-x-6 gap-y-1 md:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{t(`ops.${op}`)}</span>
          <span className="text-muted">{author === '' ? t('nobody') : t('by', { author })}</span>
          {commit === null ? null : <code className="font-mono text-xs">{shortCommit(commit)}</code>}
          {application === null ? null : (
            <Link
              className="link"
              prefetch={false}
              href={objectHref({ resource: APPLICATIONS, ...application })}
            >
              {application.name}
            </Link>
          )}
        </p>
        <ul className="mt-0.5 font-mono text-xs">
          {differences.slice(0, FIELDS_SHOWN).map(({ field, before, after }) => (
            <li key={field} className="break-all">
              {field}: <span className="text-broken">{before || t('absent')}</span> →{' '}
              <span className="text-ok">{after || t('absent')}</span>
            </li>
          ))}
          {differences.length > FIELDS_SHOWN ? (
            <li className="text-muted">{t('moreFields', { count: differences.length - FIELDS_SHOWN })}</li>
          ) : null}
        </ul>
      </div>
      <div className="flex items-start gap-3">
        <span className="pt-1.5 text-muted" title={clock(time, locale)}>
          <Age time={time} ago />
        </span>
        {op === 'delete' ? null : (
          <Button
            look="quiet"
            aria-pressed={isShown}
            onClick={onShow}
            aria-label={t('showAt', { time: clock(time, locale) })}
          >
            {t('show')}
          </Button>
        )}
      </div>
    </div>
  );
}
