import { describe, expect, it } from 'vitest';
import { createAuthorization } from '../../auth/authorization/authorization.ts';
import { admit, FakeState, kindOf, pod, statusOf } from '../../auth/testing/fakes.ts';
import type { Authorizer } from '../../request.ts';
import { createAdmissionPlugins } from '../plugins.ts';
import { alwaysPullImages } from './always-pull-images.ts';
import { denyServiceExternalIps } from './deny-service-external-ips.ts';
import { extendedResourceToleration } from './extended-resource-toleration.ts';
import { createOwnerReferencesPermissionEnforcement } from './owner-references.ts';
import { limitPodHardAntiAffinityTopology } from './pod-anti-affinity.ts';
import { podNodeSelector } from './pod-node-selector.ts';

const authorization = createAuthorization([]);
const names = (enable: string[], disable: string[] = []): string[] =>
  createAdmissionPlugins({ authorization, enable, disable }).map(({ name }) => name);

describe('the choice of plugins', () => {
  it('is the default plus what is enabled, in the fixed order', () => {
    expect(names([])).not.toContain('AlwaysPullImages');
    const all = names(['AlwaysPullImages']);
    expect(all.indexOf('AlwaysPullImages')).toBeGreaterThan(all.indexOf('TaintNodesByCondition'));
    expect(all.indexOf('AlwaysPullImages')).toBeLessThan(all.indexOf('PodSecurity'));
    expect(all.at(-1)).toBe('ResourceQuota');
  });

  it('leaves out what is disabled, and knows its names', () => {
    expect(names([], ['PodSecurity'])).not.toContain('PodSecurity');
    expect(() => names(['Nonsense'])).toThrow('plugin "Nonsense" is unknown');
    expect(() => names(['Priority'], ['Priority'])).toThrow('overlapped');
    expect(() => names(['EventRateLimit'])).toThrow(
      'couldn\'t init admission plugin "EventRateLimit": no config specified',
    );
    expect(names([], ['EventRateLimit', 'NamespaceExists'])).toEqual(names([]));
  });
});

const pods = kindOf('pods');

describe('plugins for pods', () => {
  it('pull images always', async () => {
    const { object } = await admit(alwaysPullImages, pods, { object: pod('a') });
    expect(object.spec).toMatchObject({ containers: [{ imagePullPolicy: 'Always' }] });
    const changed = await admit(alwaysPullImages, pods, { object: pod('a'), old: pod('a') });
    expect(changed.object.spec).toEqual(pod('a').spec);
  });

  it('tolerate the taints of the devices that they ask for', async () => {
    const containers = [{ name: 'a', resources: { requests: { 'example.com/gpu': '1', cpu: '1' } } }];
    const { object } = await admit(extendedResourceToleration, pods, { object: pod('a', { containers }) });
    expect(object.spec).toMatchObject({
      tolerations: [{ key: 'example.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
    });
  });

  it('keep hard anti-affinity to the node', async () => {
    const affinity = (topologyKey: string) => ({
      affinity: {
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey }] },
      },
    });
    const message = async (key: string) =>
      (await statusOf(admit(limitPodHardAntiAffinityTopology, pods, { object: pod('a', affinity(key)) })))
        .message;
    expect(await message('kubernetes.io/hostname')).toBe('');
    expect(await message('zone')).toContain('has TopologyKey zone but only key kubernetes.io/hostname');
  });

  it('take the nodes that the namespace selects', async () => {
    const annotations = { 'scheduler.alpha.kubernetes.io/node-selector': 'disk=fast,zone=a' };
    const state = new FakeState([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ns', annotations } },
    ]);
    const own = pod('a', { nodeSelector: { zone: 'a' } });
    const { object } = await admit(podNodeSelector, pods, { object: own, state });
    expect(object.spec).toMatchObject({ nodeSelector: { disk: 'fast', zone: 'a' } });
    const other = pod('a', { nodeSelector: { zone: 'b' } });
    expect((await statusOf(admit(podNodeSelector, pods, { object: other, state }))).message).toBe(
      'pods "a" is forbidden: pod node label selector conflicts with its namespace node label selector',
    );
  });
});

describe('DenyServiceExternalIPs', () => {
  it('lets only old addresses stay', async () => {
    const service = (...externalIPs: string[]) => ({ metadata: { name: 's' }, spec: { externalIPs } });
    const message = async (object: object, old?: object) =>
      (
        await statusOf(
          admit(denyServiceExternalIps, kindOf('services'), {
            object,
            ...(old === undefined ? {} : { old }),
          }),
        )
      ).message;
    expect(await message(service('1.2.3.4'))).toContain('Use of external IPs is denied by admission control');
    expect(await message(service('1.2.3.4'), service('1.2.3.4', '1.2.3.5'))).toBe('');
  });
});

describe('OwnerReferencesPermissionEnforcement', () => {
  const owned = (blockOwnerDeletion: boolean) =>
    pod(
      'a',
      {},
      {
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'u', blockOwnerDeletion },
        ],
      },
    );
  const message = async (allowed: string[], object: object, old?: object) => {
    const authorizer: Authorizer = {
      authorize: (_user, { verb, resource, subresource }) => ({
        allowed: allowed.includes(`${verb} ${resource}/${subresource}`),
        reason: 'because',
      }),
    };
    const plugin = createOwnerReferencesPermissionEnforcement(authorizer);
    const input = { object, ...(old === undefined ? {} : { old }) };
    return (await statusOf(admit(plugin, pods, input))).message;
  };

  it('asks for the right to delete, and to hold the owner up', async () => {
    expect(await message([], owned(false))).toBe('');
    expect(await message([], owned(false), pod('a'))).toBe(
      `pods "a" is forbidden: cannot set an ownerRef on a resource you can't delete: because, <nil>`,
    );
    expect(await message(['delete pods/'], owned(false), pod('a'))).toBe('');
    expect(await message([], owned(true))).toContain(
      `cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: because, <nil>`,
    );
    expect(await message(['update replicasets/finalizers'], owned(true))).toBe('');
  });
});
