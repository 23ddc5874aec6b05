import type { LedgerRow } from '@gantry/store/ledger-port';
import { expect, it } from 'vitest';
import { LedgerService, type LedgerServiceParts } from './service.ts';

it('keeps no manifest of what is sealed, or of a kind that nobody serves', async () => {
  const stored: LedgerRow[] = [];
  const kinds: Record<string, string> = { ConfigMap: 'configmaps', Sealed: 'sealed' };
  const service = new LedgerService({
    ledger: {
      append: async (rows: readonly LedgerRow[]) => {
        stored.push(...rows);
        return new Set<string>();
      },
    },
    table: {
      findKind: (_group: string, _version: string, kind: string) =>
        kinds[kind] === undefined ? undefined : { storage: kinds[kind] },
    },
    log: { info: () => undefined, warn: () => undefined },
    isSealed: (resource: string) => resource === 'sealed',
  } as unknown as LedgerServiceParts);
  const change = (kind: string, revision: number) => ({
    ...{ apiVersion: 'v1', kind, namespace: 'shop', name: 'c', operation: 'create' as const, revision },
    manifest: { apiVersion: 'v1', kind, metadata: { name: 'c' }, data: { value: 'clear' } },
  });
  service.applied(
    [change('ConfigMap', 1), change('Sealed', 2), change('Gone', 3)],
    { namespace: 'shop', application: 'web' },
    'ann',
  );
  await service.close();
  const kept = stored.map(({ kind, manifest }) => [kind, manifest?.includes('clear') ?? false]);
  expect(kept).toEqual([
    ['ConfigMap', true],
    ['Sealed', false],
    ['Gone', false],
  ]);
});
