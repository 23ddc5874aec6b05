'use client';

import Link from 'next/link';
import { useText } from '../../i18n/text.ts';
import { objectHref } from '../../lib/paths.ts';
import type { Outputs } from '../../lib/trpc.ts';
import { Notice } from '../ui/notice.tsx';
import { Problems } from './problems.tsx';

/** What became of a creation, or of its check. */
export interface Created {
  readonly checked: boolean;
  readonly outcomes: Outputs['write']['create'];
}

export function CreateResult({ done }: { readonly done: Created }) {
  const t = useText('editor.create');
  const problems = done.outcomes.flatMap((outcome) => outcome.problems);
  const made = done.outcomes.filter((outcome) => outcome.problems.length === 0);
  return (
    <div className="flex flex-col gap-2">
      {problems.length > 0 ? <Problems problems={problems} /> : null}
      {made.length > 0 ? (
        <Notice tone="ok" role="status" title={done.checked ? t('accepted') : t('created')}>
          <ul className="flex flex-wrap gap-x-4">
            {made.map(({ subject, ref }) => (
              <li key={subject}>
                {ref === undefined || done.checked ? (
                  subject
                ) : (
                  <Link className="link" prefetch={false} href={objectHref(ref)}>
                    {subject}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </div>
  );
}
