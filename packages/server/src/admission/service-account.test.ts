import type { Pod } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { admit, FakeState, kindOf, namespace, pod, statusOf } from '../auth/testing/fakes.ts';
import { createServiceAccountPlugin } from './service-account.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const plugin = createServiceAccountPlugin(() => NOW);
const pods = kindOf('pods');
const account = (over: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'default', namespace: 'ns' },
  ...over,
});
const run = async (object: object, ...state: object[]): Promise<Pod> =>
  (await admit(plugin, pods, { object, state: new FakeState([namespace('ns'), ...state]) }))
    .object as unknown as Pod;

describe('ServiceAccount', () => {
  it('mounts the projected token volume in every container', async () => {
    const { spec } = await run(pod('web', { initContainers: [{ name: 'i', image: 'x' }] }), account());
    const name = spec.volumes?.[0]?.name ?? '';
    expect(name).toMatch(/^kube-api-access-[a-z0-9]{5}$/);
    expect(spec).toMatchObject({ serviceAccountName: 'default', serviceAccount: 'default' });
    expect(spec.volumes).toEqual([
      {
        name,
        projected: {
          defaultMode: 420,
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            {
              downwardAPI: {
                items: [
                  { path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
                ],
              },
            },
          ],
        },
      },
    ]);
    const mount = { name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' };
    expect(spec.containers[0]?.volumeMounts).toEqual([mount]);
    expect(spec.initContainers?.[0]?.volumeMounts).toEqual([mount]);
  });

  it('does not mount it where pod, account or an own mount say so', async () => {
    const own = [{ name: 'own', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }];
    expect(
      (await run(pod('a', { automountServiceAccountToken: false }), account())).spec.volumes,
    ).toBeUndefined();
    expect(
      (await run(pod('a'), account({ automountServiceAccountToken: false }))).spec.volumes,
    ).toBeUndefined();
    const mounted = await run(pod('a', { containers: [{ name: 'a', volumeMounts: own }] }), account());
    expect(mounted.spec.volumes).toBeUndefined();
    expect(mounted.spec.containers[0]?.volumeMounts).toEqual(own);
  });

  it('adds the pull secrets of the account unless the pod has its own', async () => {
    const pulls = account({ imagePullSecrets: [{ name: 'registry' }] });
    expect((await run(pod('a'), pulls)).spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
    const own = pod('a', { imagePullSecrets: [{ name: 'own' }] });
    expect((await run(own, pulls)).spec.imagePullSecrets).toEqual([{ name: 'own' }]);
  });

  it('refuses an account that is not there, but waits for the default one of a new namespace', async () => {
    expect((await statusOf(run(pod('a', { serviceAccountName: 'x' }), account()))).message).toBe(
      'pods "a" is forbidden: error looking up service account ns/x: serviceaccount "x" not found',
    );
    expect((await statusOf(run(pod('a')))).message).toContain('ns/default');
    const fresh = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'ns', creationTimestamp: '2029-12-31T23:59:58Z' },
    };
    const { object } = await admit(plugin, pods, { object: pod('a'), state: new FakeState([fresh]) });
    expect((object as unknown as Pod).spec.volumes).toHaveLength(1);
  });

  it('keeps mirror pods from borrowing rights', async () => {
    const mirror = { annotations: { 'kubernetes.io/config.mirror': 'x' } };
    const refused = async (spec: object): Promise<string | undefined> =>
      (await statusOf(run(pod('m', spec, mirror), account()))).message;
    expect(await refused({ serviceAccountName: 'default' })).toContain(
      'a mirror pod may not reference service accounts',
    );
    expect(await refused({ volumes: [{ name: 's', secret: { secretName: 's' } }] })).toContain(
      'a mirror pod may not reference secrets',
    );
    expect((await run(pod('m', {}, mirror), account())).spec.volumes).toBeUndefined();
  });
});
