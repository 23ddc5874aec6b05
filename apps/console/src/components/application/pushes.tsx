import { type Text, useText } from '../../i18n/text.ts';
import { shortCommit } from '../../lib/format.ts';
import type { ApplicationPage } from '../../lib/queries.ts';
import { Age } from '../ui/age.tsx';
import { Empty } from '../ui/notice.tsx';

type Rejected = ApplicationPage['rejected'][number];

/** Each mistake of a commit at its file and line. */
export function PushProblems({ problems }: { readonly problems: Rejected['problems'] }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {problems.map(({ file, line, object, field, reason }) => (
        <li key={`${file}:${line} ${object} ${field} ${reason}`}>
          {file === '' ? null : (
            <code className="mr-2 font-mono text-xs font-medium">
              {file}
              {line === null ? '' : `:${line}`}
            </code>
          )}
          {object === '' ? null : <span className="mr-2">{object}</span>}
          {field === '' ? null : <code className="mr-2 font-mono text-xs break-all">{field}</code>}
          <span>{reason}</span>
        </li>
      ))}
    </ul>
  );
}

function wordsOf(t: Text<'applications.pushes'>, { commit, user }: Rejected): string {
  const short = shortCommit(commit);
  if (commit === '') return user === '' ? t('rejected') : t('rejectedBy', { user });
  return user === '' ? t('commit', { commit: short }) : t('commitBy', { commit: short, user });
}

/** Pushes that were refused: where, which field, and why. */
export function Pushes({ rejected }: { readonly rejected: readonly Rejected[] }) {
  const t = useText('applications.pushes');
  if (rejected.length === 0) return <Empty title={t('empty')}>{t('emptyHelp')}</Empty>;
  return (
    <ul className="flex flex-col gap-3">
      {rejected.map((push) => (
        <li key={push.time} className="card p-4">
          <p className="mb-2 text-muted">
            {wordsOf(t, push)} <Age time={push.time} ago />
          </p>
          <PushProblems problems={push.problems} />
        </li>
      ))}
    </ul>
  );
}
