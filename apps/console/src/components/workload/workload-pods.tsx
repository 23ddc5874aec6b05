'use client';

import Link from 'next/link';
import { useText } from '../../i18n/text.ts';
import { cpu, memory } from '../../lib/format.ts';
import { type ObjectRef, objectHref } from '../../lib/paths.ts';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { TableHead } from '../ui/table-head.tsx';
import { useWorkloadPods } from './use-workload-pods.ts';

const PODS = { group: '', version: 'v1', plural: 'pods' };

type Amounts = Readonly<Record<string, string>>;

const amount = (amounts: Amounts | null, name: string): string => {
  const value = amounts?.[name];
  return value === undefined || value === '0' ? '–' : name === 'memory' ? memory(value) : cpu(value);
};

/** What each pod of a workload asks for, may take, and uses where that is measured. */
export function WorkloadPods({ objectRef }: { readonly objectRef: ObjectRef }) {
  const t = useText('workloads.pods');
  const { data, error } = useWorkloadPods(objectRef);
  if (error !== null && data === undefined) return <Trouble error={error} what={t('what')} />;
  if (data === undefined) return <Skeleton lines={6} />;
  if (data.use.length === 0) return <Empty title={t('none')}>{t('noneHelp')}</Empty>;
  const columns = ['requests', 'limits', ...(data.hasMetrics ? (['used'] as const) : [])] as const;
  return (
    <div className="flex flex-col gap-2">
      <ScrollRegion label={t('label')} className="card overflow-x-auto">
        <table className="w-full text-left">
          <TableHead
            cells={[
              { key: 'pod', label: t('pod') },
              ...(['cpu', 'memory'] as const).flatMap((resource) =>
                columns.map((column) => ({
                  key: `${resource} ${column}`,
                  label: t(`${resource}.${column}`),
                  className: 'text-right',
                })),
              ),
            ]}
          />
          <tbody>
            {data.use.map((line) => (
              <tr key={line.pod} className="h-[30px] border-b border-line last:border-0 hover:bg-sunken">
                <th scope="row" className="px-4 font-medium whitespace-nowrap">
                  <Link
                    className="hover:underline"
                    prefetch={false}
                    href={objectHref({ resource: PODS, namespace: objectRef.namespace, name: line.pod })}
                  >
                    {line.pod}
                  </Link>
                </th>
                {(['cpu', 'memory'] as const).flatMap((resource) =>
                  columns.map((column) => (
                    <td key={`${resource} ${column}`} className="px-4 text-right tabular-nums">
                      {amount(line[column], resource)}
                    </td>
                  )),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {data.hasMetrics ? null : <p className="text-muted">{t('noMetrics')}</p>}
    </div>
  );
}
