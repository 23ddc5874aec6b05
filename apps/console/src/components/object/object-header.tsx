import Link from 'next/link';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/text.ts';
import { statusWord } from '../../lib/fields.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { Status } from '../ui/status.tsx';
import { GitOrigin } from './git-origin.tsx';

/** Kind, name, namespace and state of an object, with what can be done to it. */
export function ObjectHeader({
  objectRef,
  kindName,
  object,
  listHref,
  children,
}: {
  readonly objectRef: ObjectRef;
  readonly kindName: string;
  readonly object: unknown;
  readonly listHref: string;
  readonly children: ReactNode;
}) {
  const t = useText('objects');
  const word = statusWord(object);
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-xs text-muted">
          <Link href={listHref} prefetch={false} className="link">
            {kindName}
          </Link>
          {objectRef.namespace === '' ? null : ` ${t('inNamespace', { namespace: objectRef.namespace })}`}
        </p>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-lg font-semibold break-all">{objectRef.name}</h1>
          {word === '' ? null : <Status word={word} axis={t('status')} pill />}
        </div>
        <GitOrigin objectRef={objectRef} object={object} />
      </div>
      <div className="flex flex-wrap gap-2">{children}</div>
    </header>
  );
}
