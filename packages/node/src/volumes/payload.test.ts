import type { Pod } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { type PayloadContext, projectedFiles } from './payload.ts';

const context: PayloadContext = {
  objects: {} as never,
  tokens: { token: async () => 'secret' },
  node: {} as never,
  podIps: [],
};

async function access(spec: Partial<Pod['spec']>, defaultMode?: number) {
  const pod = { metadata: { name: 'a' }, spec: { containers: [{ name: 'a' }], ...spec } } as Pod;
  const sources = [{ serviceAccountToken: { path: 'token' } }];
  const [file] = await projectedFiles(pod, sources, defaultMode, context);
  return [file?.mode, file?.uid];
}

describe('the token of a service account', () => {
  it('is for everybody in the pod as the volume says, if nothing tells who runs there', async () => {
    expect(await access({})).toEqual([0o644, undefined]);
    expect(await access({}, 0o400)).toEqual([0o400, undefined]);
  });

  it('is for the one user that all containers run as', async () => {
    expect(await access({ securityContext: { runAsUser: 1000 } })).toEqual([0o600, 1000]);
    const own = { securityContext: { runAsUser: 7 } };
    expect(
      await access({ containers: [{ name: 'a', ...own }], initContainers: [{ name: 'b', ...own }] }),
    ).toEqual([0o600, 7]);
  });

  it('stays readable when users differ or one is not known', async () => {
    const own = { name: 'b', securityContext: { runAsUser: 7 } };
    expect(await access({ containers: [{ name: 'a' }, own] })).toEqual([0o644, undefined]);
    expect(await access({ securityContext: { runAsUser: 1 }, containers: [{ name: 'a' }, own] })).toEqual([
      0o644,
      undefined,
    ]);
  });

  it('is for root and the group of the pod', async () => {
    expect(await access({ securityContext: { fsGroup: 5 } })).toEqual([0o600, undefined]);
  });
});
