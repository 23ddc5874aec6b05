import type { AnyObject } from '@gantry/machinery/object';
import { describe, expect, it } from 'vitest';
import { imagesOf, ledgerManifest, manifestText } from './manifest.ts';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', resourceVersion: '7', generation: 2, managedFields: [{}], labels: { a: 'b' } },
  spec: {
    template: {
      spec: { initContainers: [{ name: 'i', image: 'init:1' }], containers: [{ image: 'web:1' }] },
    },
  },
  status: { replicas: 1 },
} as unknown as AnyObject;

describe('a manifest in the ledger', () => {
  it('is what was sent, without what the server keeps', () => {
    const { status: _, ...rest } = deployment;
    expect(ledgerManifest(deployment)).toEqual({ ...rest, metadata: { name: 'web', labels: { a: 'b' } } });
  });

  it('says nothing of the values of a Secret', () => {
    const last = { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"p":"swordfish"}}', a: 'b' };
    const secret = {
      ...{ apiVersion: 'v1', kind: 'Secret', type: 'Opaque', data: { p: 'c3dvcmRmaXNo' } },
      ...{ metadata: { name: 's', annotations: last }, stringData: { q: 'swordfish' } },
    } as unknown as AnyObject;
    expect(ledgerManifest(secret)).toEqual({
      ...{ apiVersion: 'v1', kind: 'Secret', type: 'Opaque', data: { p: '(hidden)' } },
      ...{ metadata: { name: 's', annotations: { a: '(hidden)' } }, stringData: { q: '(hidden)' } },
    });
  });

  it('is left out when it is too long, and holds nothing that the database refuses', () => {
    const data = (value: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c' },
      data: { value },
    });
    expect(manifestText(data('x'.repeat(3_000_000)) as unknown as AnyObject)).toBeNull();
    expect(manifestText(data('a\u0000b') as unknown as AnyObject)).not.toContain('\u0000');
  });
});

describe('images', () => {
  it('are those of all containers, wherever they are', () => {
    expect(imagesOf(deployment)).toEqual(['init:1', 'web:1']);
    const cronJob = { spec: { jobTemplate: { spec: { template: deployment.spec } } } };
    expect(imagesOf({ items: [cronJob, deployment] })).toEqual(['init:1', 'web:1']);
    expect(imagesOf({ spec: { containers: [{ image: 7 }, null, { image: '' }] } })).toEqual([]);
  });

  it('end somewhere', () => {
    const containers = Array.from({ length: 500 }, (_, at) => ({ image: `i${at}` }));
    expect(imagesOf({ spec: { containers } })).toHaveLength(100);
    let deep: unknown = { containers: [{ image: 'deep' }] };
    for (let level = 0; level < 5_000; level++) deep = { deep };
    expect(imagesOf(deep)).toEqual([]);
  });
});
