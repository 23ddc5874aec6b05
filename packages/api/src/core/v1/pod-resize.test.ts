import { describe, expect, it } from 'vitest';
import type { Pod, PodSpec } from '../../generated/types.ts';
import { resizedSpec, validatePodResize } from './pod-resize.ts';

type Resources = NonNullable<PodSpec['resources']>;
const podOf = (spec: Partial<PodSpec>): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'default' },
  spec: { containers: [], ...spec },
});
const sized = (cpu: string, name = 'a') => ({ name, image: 'i', resources: { requests: { cpu } } });
const level = (cpu: string): Resources => ({ requests: { cpu } });

function errorsOf(wanted: Partial<PodSpec>, old: Pod): string[] {
  const errors: Parameters<typeof validatePodResize>[2] = [];
  const pod = { ...old, spec: resizedSpec({ containers: [], ...wanted }, old.spec) };
  validatePodResize(pod, old, errors);
  return errors.map((error) => `${error.field}: ${error.message}`);
}

describe('a resize', () => {
  it('takes the resources of the pod and its containers, and nothing else', () => {
    const old = podOf({ containers: [sized('1')], nodeName: 'n' });
    const wanted = { containers: [{ ...sized('2'), image: 'other' }], resources: level('3'), nodeName: 'm' };
    expect(resizedSpec(wanted, old.spec)).toEqual({
      containers: [sized('2')],
      resources: level('3'),
      nodeName: 'n',
    });
    expect(errorsOf(wanted, old)).toEqual([]);
  });

  it.each<[string, Partial<PodSpec>, Partial<PodSpec>, string[]]>([
    [
      'a container that came',
      { containers: [sized('1'), sized('1', 'b')] },
      { containers: [sized('1')] },
      ['spec.containers: Forbidden: containers may not be added or removed on resize'],
    ],
    [
      'another name',
      { containers: [sized('1', 'b')] },
      { containers: [sized('1')] },
      ['spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize'],
    ],
    [
      'another class of service',
      { containers: [{ name: 'a', resources: { requests: { cpu: '1' } } }] },
      { containers: [{ name: 'a' }] },
      ['spec: Invalid value: "": Pod QOS Class may not change as a result of resizing'],
    ],
    [
      'a request that went',
      { containers: [{ name: 'a', resources: { requests: { memory: '1' } } }] },
      { containers: [{ name: 'a', resources: { requests: { cpu: '1', memory: '1' } } }] },
      ['spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed'],
    ],
    [
      'storage',
      { containers: [{ name: 'a', resources: { requests: { cpu: '1', 'ephemeral-storage': '2' } } }] },
      { containers: [{ name: 'a', resources: { requests: { cpu: '1', 'ephemeral-storage': '1' } } }] },
      ['spec: Forbidden: only cpu and memory resources are mutable'],
    ],
    [
      'the rule for a restart',
      {
        containers: [
          { ...sized('1'), resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }] },
        ],
      },
      { containers: [sized('1')] },
      ['spec: Forbidden: only cpu and memory resources are mutable'],
    ],
    [
      "the pod's own resources gone",
      { containers: [sized('1')] },
      { containers: [sized('1')], resources: level('1') },
      ['spec.resources: Forbidden: pod-level resources cannot be removed'],
    ],
  ])('refuses %s', (_, wanted, old, expected) => {
    expect(errorsOf(wanted, podOf(old))).toEqual(expected);
  });
});
