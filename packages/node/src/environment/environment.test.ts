import type { Pod, Service } from '@gantry/api/generated/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expand } from './expand.ts';
import { fieldValue, resourceValue } from './field-ref.ts';
import { resolveEnvironment } from './resolve.ts';
import { serviceEnvironment } from './service-env.ts';

const node = { nodeName: 'n1', hostIp: '10.0.0.1', allocatable: { cpu: 2, memory: 4096 } };
const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'ns', uid: 'u', labels: { a: '1', b: 'x"y' } },
  spec: { containers: [{ name: 'c' }], nodeName: 'n1' },
};

describe('expand', () => {
  const lookup = (name: string) => ({ A: '1', B: '$(A)' })[name];
  it.each([
    ['$(A)', '1'],
    ['$(B)', '$(A)'],
    ['$$(A)', '$(A)'],
    ['$(C)', '$(C)'],
    ['$(A', '$(A'],
    ['a$', 'a$'],
    ['$x', '$x'],
    ['$$$(A)', '$1'],
  ])('%s becomes %s', (text, result) => {
    expect(expand(text, lookup)).toBe(result);
  });

  it('leaves text without a dollar alone', () => {
    fc.assert(fc.property(fc.string(), (text) => text.includes('$') || expand(text, lookup) === text));
  });
});

describe('field references', () => {
  it('reads labels by key and all of them', () => {
    expect(fieldValue(pod, "metadata.labels['b']", node, [])).toBe('x"y');
    expect(fieldValue(pod, 'metadata.labels', node, [])).toBe('a="1"\nb="x\\"y"');
    expect(fieldValue(pod, 'status.podIPs', node, ['10.1.1.1', 'fd00::1'])).toBe('10.1.1.1,fd00::1');
    expect(() => fieldValue(pod, 'spec.foo', node, [])).toThrow('unsupported fieldPath: spec.foo');
  });

  it('rounds resources up to the divisor, and takes the node where there is no limit', () => {
    const container = { name: 'c', resources: { limits: { cpu: '250m' }, requests: { memory: '33Mi' } } };
    expect(resourceValue(container, 'limits.cpu', undefined, node)).toBe('1');
    expect(resourceValue(container, 'limits.cpu', '1m', node)).toBe('250');
    expect(resourceValue(container, 'requests.memory', '1Mi', node)).toBe('33');
    expect(resourceValue(container, 'limits.memory', undefined, node)).toBe('4096');
  });
});

const service = (name: string, namespace: string): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { clusterIP: '10.96.0.9', ports: [{ name: 'http', port: 80, protocol: 'TCP' }] },
});

describe('service variables', () => {
  it('are those of the namespace and of the API server', () => {
    const services = [service('my-web', 'ns'), service('kubernetes', 'default'), service('other', 'default')];
    const names = [...serviceEnvironment(services, 'ns', true).keys()];
    expect(names.filter((name) => name.endsWith('_HOST'))).toEqual([
      'MY_WEB_SERVICE_HOST',
      'KUBERNETES_SERVICE_HOST',
    ]);
    expect(serviceEnvironment(services, 'ns', true).get('MY_WEB_PORT_80_TCP')).toBe('tcp://10.96.0.9:80');
    expect(serviceEnvironment(services, 'ns', false).has('MY_WEB_SERVICE_HOST')).toBe(false);
  });
});

describe('a container’s environment', () => {
  const objects = {
    configMap: async (_: string, name: string) =>
      name === 'cm'
        ? { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { k: 'v' } }
        : undefined,
    secret: async () => undefined,
  };
  const resolve = (env: Pod['spec']['containers'][number]) =>
    resolveEnvironment({ pod, container: env, objects, services: [service('s', 'ns')], node, podIps: [] });

  it('takes envFrom, then env, and lets both win over Services', async () => {
    const env = await resolve({
      name: 'c',
      envFrom: [{ prefix: 'P_', configMapRef: { name: 'cm' } }],
      env: [
        { name: 'S_SERVICE_HOST', value: 'mine' },
        { name: 'X', value: '$(P_k)-$(S_SERVICE_PORT)' },
      ],
    });
    expect([env.get('P_k'), env.get('S_SERVICE_HOST'), env.get('X')]).toEqual(['v', 'mine', 'v-80']);
  });

  it('names what is missing, unless it is optional', async () => {
    const reference = (optional: boolean) => ({
      name: 'c',
      env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'cm', key: 'no', optional } } }],
    });
    await expect(resolve(reference(false))).rejects.toThrow("couldn't find key no in ConfigMap ns/cm");
    expect((await resolve(reference(true))).has('X')).toBe(false);
    await expect(resolve({ name: 'c', envFrom: [{ secretRef: { name: 's' } }] })).rejects.toThrow(
      'secret "s" not found',
    );
  });
});
