'use client';

import { useQuery } from '@tanstack/react-query';
import { GitCommitHorizontal } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/text.ts';
import { list, text } from '../../lib/fields.ts';
import { shortCommit } from '../../lib/format.ts';
import { useLive } from '../../lib/live.ts';
import { APPLICATIONS, type ObjectRef, objectHref, REPOSITORIES, type ResourceRef } from '../../lib/paths.ts';
import { api, type Outputs } from '../../lib/trpc.ts';

type Holder = NonNullable<Outputs['resources']['holder']>;

const SYNC_MANAGER = 'gantry-sync';

/** Only what a sync applied, or has an owner that may have been, comes from Git. */
const mayComeFromGit = (object: unknown): boolean =>
  list(object, 'metadata.managedFields').some((entry) => text(entry, 'manager') === SYNC_MANAGER) ||
  list(object, 'metadata.ownerReferences').some((owner) => text(owner, 'controller') === 'true');

/** Which Application an object comes from, with repository, commit and place. Its line is there from the beginning. */
export function GitOrigin({
  objectRef,
  object,
}: {
  readonly objectRef: ObjectRef;
  readonly object: unknown;
}) {
  return mayComeFromGit(object) ? <Line objectRef={objectRef} /> : null;
}

function Line({ objectRef }: { readonly objectRef: ObjectRef }) {
  const queryKey = ['holder', objectRef];
  const { data } = useQuery({
    queryKey,
    queryFn: () => api.resources.holder.query(objectRef),
    retry: false,
  });
  const application = data?.application ?? '';
  useLive(
    application === ''
      ? []
      : [
          {
            resource: APPLICATIONS,
            namespace: data?.namespace ?? '',
            fieldSelector: `metadata.name=${application}`,
          },
        ],
    queryKey,
  );
  return (
    <p className="mt-0.5 min-h-5 break-words text-muted">
      {data === undefined || data === null ? null : <Words holder={data} />}
    </p>
  );
}

/** A page of the Git server where its addresses are known, else of the console. */
function Place({
  url,
  href,
  children,
}: {
  readonly url: string;
  readonly href: string;
  readonly children: ReactNode;
}) {
  const code = <code className="font-mono text-xs break-all">{children}</code>;
  return url === '' ? (
    <Link href={href} prefetch={false} className="link">
      {code}
    </Link>
  ) : (
    <a href={url} target="_blank" rel="noreferrer" className="link">
      {code}
    </a>
  );
}

function Words({ holder }: { readonly holder: Holder }) {
  const t = useText('objects.origin');
  const { namespace, application, repository, commit, source, kind, name } = holder;
  const page = (resource: ResourceRef, of: string) => {
    const href = objectHref({ resource, namespace, name: of });
    return (words: ReactNode) => (
      <Link href={href} prefetch={false} className="link">
        {words}
      </Link>
    );
  };
  const timeline = objectHref({ resource: APPLICATIONS, namespace, name: application }, 'timeline');
  const ledger = `/ledger?${new URLSearchParams({ ns: namespace, application, kind, name })}`;
  return (
    <>
      <GitCommitHorizontal aria-hidden className="mr-1.5 inline size-4 align-text-bottom" />
      {t.rich(holder.isOwner ? 'owner' : 'itself', {
        ...{ application, repository, commit: shortCommit(commit), source },
        owner: `${kind}/${name}`,
        app: page(APPLICATIONS, application),
        repo: page(REPOSITORIES, repository),
        at: (words) => (
          <Place url={holder.commitUrl} href={timeline}>
            {words}
          </Place>
        ),
        file: (words) => (
          <Place url={holder.fileUrl} href={ledger}>
            {words}
          </Place>
        ),
      })}
    </>
  );
}
