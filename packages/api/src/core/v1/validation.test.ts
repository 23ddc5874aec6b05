import { describe, expect, test } from 'vitest';
import { createErrors, stored, updateErrors } from '../../testing/objects.ts';
import { configMap } from './config-map.ts';
import { event } from './event.ts';
import { limitRange } from './limit-range.ts';
import { namespace } from './namespace.ts';
import { persistentVolumeClaim } from './persistent-volume-claim.ts';
import { pod } from './pod.ts';
import { secret } from './secret.ts';
import { service } from './service.ts';

const metadata = { name: 'a', namespace: 'default' };
const podOf = (spec: object, container: object = {}) => ({
  metadata,
  spec: { containers: [{ name: 'c', image: 'i:1', ...container }], ...spec },
});
const serviceOf = (spec: object) => ({ metadata, spec: { ports: [{ port: 80 }], ...spec } });

describe('pods', () => {
  test('a plain one is fine', () => {
    expect(createErrors(pod, podOf({}))).toEqual([]);
  });

  test.each([
    [{ metadata, spec: {} }, ['spec.containers: Required value']],
    [
      podOf({}, { name: 'A_' }),
      [/^spec\.containers\[0\]\.name: Invalid value: "A_": a lowercase RFC 1123 label/],
    ],
    [podOf({}, { image: '' }), ['spec.containers[0].image: Required value']],
    [
      podOf({ restartPolicy: 'Sometimes' }),
      [
        'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
      ],
    ],
    [
      podOf({}, { ports: [{ containerPort: 99999 }] }),
      [
        'spec.containers[0].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive',
      ],
    ],
    [podOf({}, { ports: [{}] }), ['spec.containers[0].ports[0].containerPort: Required value']],
    [
      podOf({}, { volumeMounts: [{ name: 'v', mountPath: '/v' }] }),
      ['spec.containers[0].volumeMounts[0].name: Not found: "v"'],
    ],
    [podOf({ volumes: [{ name: 'v' }, { name: 'v' }] }), ['spec.volumes[1].name: Duplicate value: "v"']],
    [
      podOf({ volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/x' } }] }),
      ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type'],
    ],
    [
      podOf({}, { livenessProbe: {} }),
      ['spec.containers[0].livenessProbe: Required value: must specify a handler type'],
    ],
    [
      podOf({}, { livenessProbe: { exec: { command: ['a'] }, tcpSocket: { port: 1 } } }),
      ['spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type'],
    ],
    [
      podOf({}, { livenessProbe: { exec: { command: ['a'] }, successThreshold: 2 } }),
      ['spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1'],
    ],
    [
      podOf({}, { resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }),
      [
        'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
      ],
    ],
    [
      podOf({}, { env: [{ name: 'A=B' }] }),
      [
        'spec.containers[0].env[0].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than \'=\'',
      ],
    ],
    [
      podOf({}, { env: [{ name: 'A', valueFrom: {} }] }),
      [
        'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ],
    ],
    [
      podOf({}, { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.nope' } } }] }),
      [
        'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.nope": error converting fieldPath: field label not supported: metadata.nope',
      ],
    ],
    [
      podOf({ tolerations: [{ operator: 'Equal' }] }),
      [
        'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
      ],
    ],
    [
      podOf({ initContainers: [{ name: 'c', image: 'i', readinessProbe: { exec: { command: ['a'] } } }] }),
      [
        'spec.initContainers[0].name: Duplicate value: "c"',
        'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
      ],
    ],
  ])('%j', (value, expected) => {
    const errors = createErrors(pod, value);
    expect(errors).toHaveLength(expected.length);
    for (const [index, text] of expected.entries()) {
      if (typeof text === 'string') expect(errors[index]).toBe(text);
      else expect(errors[index]).toMatch(text);
    }
  });

  test('an update may change images and add tolerations, nothing else', () => {
    expect(updateErrors(pod, podOf({}), podOf({}, { image: 'i:2' }))).toEqual([]);
    const added = podOf({ tolerations: [{ key: 'k', operator: 'Exists' }] });
    expect(updateErrors(pod, podOf({}), added)).toEqual([]);
    expect(updateErrors(pod, added, podOf({}))).toEqual([
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ]);
    const [error = '', ...more] = updateErrors(pod, podOf({}), podOf({ nodeName: 'n' }));
    expect(more).toEqual([]);
    expect(error).toMatch(
      /^spec: Forbidden: pod updates may not change fields other than `spec\.containers\[\*\]\.image`,`spec\.initContainers\[\*\]\.image`,`spec\.activeDeadlineSeconds`,`spec\.tolerations` \(only additions/,
    );
    expect(error).toContain(
      '\n@@ -42,7 +42,7 @@\n  "NodeSelector": null,\n  "ServiceAccountName": "",\n  "AutomountServiceAccountToken": null,\n- "NodeName": "",\n+ "NodeName": "n",\n  "SecurityContext": {\n   "HostNetwork": false,\n   "HostPID": false,\n',
    );
  });

  test('ephemeral containers are added by their subresource only, and stay', () => {
    const debug = { name: 'd', image: 'busybox' };
    const withDebug = podOf({ ephemeralContainers: [debug] });
    expect(createErrors(pod, withDebug)).toEqual([
      'spec.ephemeralContainers: Forbidden: cannot be set on create',
    ]);
    expect(updateErrors(pod, podOf({}), withDebug, 'ephemeralcontainers')).toEqual([]);
    expect(updateErrors(pod, withDebug, podOf({}), 'ephemeralcontainers')).toEqual([
      'spec.ephemeralContainers: Forbidden: existing ephemeral containers "d" may not be removed\n',
    ]);
  });

  test('a new pod is pending, with its quality of service', () => {
    const limits = { cpu: '1', memory: '1Gi' };
    expect(stored(pod, podOf({}, { resources: { limits } }))).toMatchObject({
      metadata: { generation: 1 },
      status: { phase: 'Pending', qosClass: 'Guaranteed' },
    });
    expect(stored(pod, podOf({}))).toMatchObject({ status: { qosClass: 'BestEffort' } });
    expect(stored(pod, podOf({}, { resources: { requests: { cpu: '1' } } }))).toMatchObject({
      status: { qosClass: 'Burstable' },
    });
  });
});

describe('services', () => {
  test.each([
    [serviceOf({}), []],
    [serviceOf({ ports: [] }), ['spec.ports: Required value']],
    [
      serviceOf({ ports: [{ port: 80 }, { port: 81 }] }),
      ['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'],
    ],
    [
      serviceOf({ ports: [{ port: 0, targetPort: 1 }] }),
      ['spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive'],
    ],
    [
      serviceOf({ ports: [{ port: 80, nodePort: 30000 }] }),
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [serviceOf({ type: 'ExternalName' }), ['spec.externalName: Required value']],
    [serviceOf({ type: 'Other' }), [/^spec\.type: Unsupported value: "Other"/]],
    [
      serviceOf({ clusterIP: 'here' }),
      [/^spec\.clusterIPs\[0\]: Invalid value: "here": must be a valid IP address/],
    ],
  ])('%j', (value, expected) => {
    const errors = createErrors(service, value);
    expect(errors).toHaveLength(expected.length);
    for (const [index, text] of expected.entries()) expect(errors[index]).toMatch(text);
  });

  test('what was allocated stays when an update leaves it out, and may not change', () => {
    const before = serviceOf({
      type: 'NodePort',
      clusterIP: '10.0.0.1',
      ports: [{ port: 80, nodePort: 30080 }],
    });
    expect(updateErrors(service, before, serviceOf({ type: 'NodePort' }))).toEqual([]);
    expect(updateErrors(service, before, serviceOf({ type: 'NodePort', clusterIP: '10.0.0.2' }))).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["10.0.0.2"]: may not change once set',
    ]);
  });
});

describe('the rest', () => {
  test('config maps: keys and immutability', () => {
    expect(createErrors(configMap, { metadata, data: { 'a b': 'c' } })).toEqual([
      "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    ]);
    expect(
      updateErrors(
        configMap,
        { metadata, immutable: true, data: { a: '1' } },
        { metadata, data: { a: '2' } },
      ),
    ).toEqual([
      'immutable: Forbidden: field is immutable when `immutable` is set',
      'data: Forbidden: field is immutable when `immutable` is set',
    ]);
  });

  test('secrets: stringData is merged and forgotten, the type is for ever', () => {
    expect(stored(secret, { metadata, stringData: { a: 'hé' }, data: { b: 'eA==' } })).toMatchObject({
      type: 'Opaque',
      data: { a: Buffer.from('hé').toString('base64'), b: 'eA==' },
    });
    expect(createErrors(secret, { metadata, type: 'kubernetes.io/tls' })).toEqual([
      'data[tls.crt]: Required value',
      'data[tls.key]: Required value',
    ]);
    expect(updateErrors(secret, { metadata }, { metadata, type: 'x/y' })).toEqual([
      'type: Invalid value: "x/y": field is immutable',
    ]);
  });

  test('namespaces get their label, phase and finalizer', () => {
    expect(stored(namespace, { metadata: { name: 'shop' } })).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': 'shop' } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
  });

  test('claims ask for a size, and only bound ones may grow', () => {
    const claim = (storage: string) => ({
      metadata,
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
    });
    expect(
      createErrors(persistentVolumeClaim, { metadata, spec: { accessModes: ['ReadWriteOnce'] } }),
    ).toEqual(['spec.resources[storage]: Required value']);
    expect(updateErrors(persistentVolumeClaim, claim('1Gi'), claim('2Gi'))[0]).toMatch(
      /^spec: Forbidden: spec is immutable after creation except resources\.requests and volumeAttributesClassName for bound claims/,
    );
  });

  test('limit ranges fill defaults from bounds', () => {
    expect(
      stored(limitRange, {
        metadata,
        spec: { limits: [{ type: 'Container', max: { cpu: '2' }, min: { cpu: '1' } }] },
      }),
    ).toMatchObject({ spec: { limits: [{ default: { cpu: '2' }, defaultRequest: { cpu: '2' } }] } });
  });

  test('events live beside what they are about', () => {
    expect(createErrors(event, { metadata, involvedObject: { kind: 'Pod', namespace: 'other' } })).toEqual([
      'involvedObject.namespace: Invalid value: "other": does not match event.namespace',
    ]);
  });
});
