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

/** Pushes that were refused: where, which field, and why. */
export function Pushes({ rejected }: { readonly rejected: readonly Rejected[] }) {
  if (rejected.length === 0)
    return (
      <Empty title="No push was rejected lately">
        A push with a mistake is refused as a whole; its file, line, field and reason then stand here for
        about an hour.
      </Empty>
    );
  return (
    <ul className="flex flex-col gap-3">
      {rejected.map((push) => (
        <li key={push.time} className="card p-4">
          <p className="mb-2 text-muted">
            {push.commit === '' ? 'A push' : `Commit ${shortCommit(push.commit)}`}
            {push.user === '' ? '' : ` by ${push.user}`} was rejected <Age time={push.time} suffix=" ago" />
          </p>
          <PushProblems problems={push.problems} />
        </li>
      ))}
    </ul>
  );
}
