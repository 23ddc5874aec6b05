'use client';

import { useQuery } from '@tanstack/react-query';
import { useText } from '../../i18n/text.ts';
import { cpu, memory } from '../../lib/format.ts';
import { useLive } from '../../lib/live.ts';
import { api, type Outputs } from '../../lib/trpc.ts';
import { Meter } from '../ui/meter.tsx';
import { Skeleton, Trouble } from '../ui/notice.tsx';
import { Part } from '../ui/part.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { TableHead } from '../ui/table-head.tsx';

type Allocation = Outputs['nodes']['allocations'][number];

const PODS = { group: '', version: 'v1', plural: 'pods' };
const KNOWN = { cpu: 'cpu', memory: 'memory', 'ephemeral-storage': 'disk', pods: 'pods' } as const;
const isKnown = (name: string): name is keyof typeof KNOWN => name in KNOWN;

const ORDER = Object.keys(KNOWN);
const place = ({ name }: Allocation): number => (isKnown(name) ? ORDER.indexOf(name) : ORDER.length);
/** CPU first, and what is not known by name last. */
const inOrder = (lines: readonly Allocation[]): readonly Allocation[] =>
  lines.toSorted((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));

const show = (name: string, value: string): string =>
  value === ''
    ? '–'
    : name === 'cpu'
      ? cpu(value)
      : name === 'memory' || name.endsWith('storage')
        ? memory(value)
        : value;

/** How full a node is: what its pods ask for and may take, of what it has for them. */
export function Allocations({ node }: { readonly node: string }) {
  const t = useText('nodes.allocations');
  const facts = useText('objects.facts');
  const queryKey = ['allocations', node];
  useLive([{ resource: PODS, namespace: '', fieldSelector: `spec.nodeName=${node}` }], queryKey);
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => api.nodes.allocations.query({ name: node }),
    retry: false,
  });
  const hasUse = data?.some(({ used }) => used !== '') === true;
  return (
    <Part title={t('title')}>
      {error !== null && data === undefined ? <Trouble error={error} what={t('title')} /> : null}
      {error === null && data === undefined ? <Skeleton lines={4} /> : null}
      {data === undefined ? null : (
        <ScrollRegion label={t('title')} className="overflow-x-auto">
          <table className="w-full text-left">
            <TableHead
              cells={[
                { key: 'resource', label: t('resource'), className: 'pl-0' },
                { key: 'requested', label: t('requested') },
                { key: 'limited', label: t('limited'), className: 'text-right' },
                ...(hasUse ? [{ key: 'used', label: t('used'), className: 'text-right' }] : []),
                { key: 'allocatable', label: t('allocatable'), className: 'pr-0 text-right' },
              ]}
            />
            <tbody>
              {inOrder(data).map((line) => (
                <tr key={line.name} className="h-[30px] border-b border-line last:border-0">
                  <th scope="row" className="pr-4 font-medium whitespace-nowrap">
                    {isKnown(line.name) ? facts(KNOWN[line.name]) : line.name}
                  </th>
                  <td className="px-4">
                    <Requested line={line} />
                  </td>
                  <td className="px-4 text-right whitespace-nowrap tabular-nums">
                    {line.limited === '' || line.limited === '0'
                      ? '–'
                      : t('share', { amount: show(line.name, line.limited), percent: line.limitedPercent })}
                  </td>
                  {hasUse ? (
                    <td className="px-4 text-right tabular-nums">{show(line.name, line.used)}</td>
                  ) : null}
                  <td className="pl-4 text-right whitespace-nowrap tabular-nums">
                    {show(line.name, line.allocatable)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Part>
  );
}

function Requested({ line: { name, requested, requestedPercent } }: { readonly line: Allocation }) {
  const t = useText('nodes.allocations');
  return (
    <div className="flex min-w-40 items-center gap-2">
      <Meter percent={requestedPercent} className="w-16 shrink-0" />
      <span className="whitespace-nowrap tabular-nums">
        {t('share', { amount: show(name, requested), percent: requestedPercent })}
      </span>
    </div>
  );
}
