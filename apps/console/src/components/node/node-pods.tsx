'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useText } from '../../i18n/text.ts';
import { cellText, shownColumns } from '../../lib/columns.ts';
import { useLive } from '../../lib/live.ts';
import { objectHref } from '../../lib/paths.ts';
import { api } from '../../lib/trpc.ts';
import { useColumnText } from '../../lib/use-column-text.ts';
import { Cell } from '../table/cell.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { TableHead } from '../ui/table-head.tsx';

const PODS = { group: '', version: 'v1', plural: 'pods' };
const PODS_MAX = 500;

/** The pods that a node runs. */
export function NodePods({ node }: { readonly node: string }) {
  const t = useText('pods');
  const columnText = useColumnText();
  const fieldSelector = `spec.nodeName=${node}`;
  const queryKey = ['node-pods', node];
  useLive([{ resource: PODS, namespace: '', fieldSelector }], queryKey);
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => api.resources.list.query({ resource: PODS, fieldSelector, limit: PODS_MAX }),
  });
  if (error !== null) return <Trouble error={error} what={t('ofNode')} />;
  if (data === undefined) return <Skeleton />;
  if (data.rows.length === 0) return <Empty title={t('none')}>{t('noneHelp')}</Empty>;
  const columns = shownColumns(data.columns, { withNamespace: true, wide: false });
  return (
    <div className="card overflow-x-auto">
      <table className="w-full text-left">
        <TableHead cells={columns.map(({ name }) => ({ key: name, label: columnText(name) }))} />
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.uid} className="border-b border-line last:border-0 hover:bg-sunken">
              {columns.map((column) => (
                <td key={column.name} className="h-[30px] px-4 whitespace-nowrap">
                  {column.isName ? (
                    <Link
                      className="font-medium hover:underline"
                      prefetch={false}
                      href={objectHref({ resource: PODS, namespace: row.namespace, name: row.name })}
                    >
                      {cellText(row, column)}
                    </Link>
                  ) : (
                    <Cell row={row} column={column} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
