import Link from 'next/link';
import { useText } from '../../i18n/text.ts';
import { shortCommit } from '../../lib/format.ts';
import { APPLICATIONS, objectHref } from '../../lib/paths.ts';
import type { Outputs } from '../../lib/trpc.ts';
import { Age } from '../ui/age.tsx';
import { Status } from '../ui/status.tsx';

type Recent = NonNullable<Outputs['overview']['get']['applications']>['recent'];

const COLUMNS = ['application', 'sync', 'health', 'commit', 'when'] as const;

/** Applications that changed last, with their two axes. */
export function RecentApplications({ recent }: { readonly recent: Recent }) {
  const t = useText('overview');
  if (recent.length === 0) return null;
  return (
    <section aria-labelledby="recent-applications" className="card overflow-x-auto">
      <h2 id="recent-applications" className="border-b border-line px-4 py-2 text-md font-semibold">
        {t('lastSynced')}
      </h2>
      <table className="w-full text-left">
        <thead className="sr-only">
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {recent.map((line) => (
            <tr
              key={`${line.namespace}/${line.name}`}
              className="h-8 border-b border-line last:border-0 hover:bg-sunken"
            >
              <th scope="row" className="truncate px-4 font-medium max-sm:max-w-28 max-sm:px-2">
                <Link
                  href={objectHref({ resource: APPLICATIONS, namespace: line.namespace, name: line.name })}
                  prefetch={false}
                  className="hover:underline"
                >
                  {line.name}
                </Link>
              </th>
              <td className="px-4 whitespace-nowrap max-sm:px-2">
                <Status word={line.sync} axis={t('columns.sync')} />
              </td>
              <td className="px-4 whitespace-nowrap max-sm:px-2">
                <Status word={line.health} axis={t('columns.health')} />
              </td>
              <td className="w-full max-w-0 truncate px-4 text-muted max-sm:hidden">
                <code className="mr-2 font-mono text-xs">{shortCommit(line.commit)}</code>
                {line.last?.message}
              </td>
              <td className="px-4 text-right whitespace-nowrap text-muted max-sm:px-2">
                <Age time={line.last?.time ?? line.createdAt} ago />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
