import { expect, test } from 'vitest';
import { deployment } from '../apps/v1/deployment.ts';
import { job } from '../batch/v1/job.ts';
import { compileKind } from '../compile.ts';
import { lease } from '../coordination/v1/lease.ts';
import { persistentVolumeClaim } from '../core/v1/persistent-volume-claim.ts';
import { pod } from '../core/v1/pod.ts';
import { podTemplate } from '../core/v1/pod-template.ts';
import { replicationController } from '../core/v1/replication-controller.ts';
import { service } from '../core/v1/service.ts';
import type { KindDefinition } from '../kind.ts';
import { admitted, context, createErrors, stored, updateErrors } from '../testing/objects.ts';

// What the original 1.36 makes of objects: found by changing one field at a time and comparing the answers.

const metadata = { name: 'a', namespace: 'default' };
const containers = [{ name: 'c', image: 'i' }];
const specOf = (kind: KindDefinition, spec: object): unknown => stored(kind, { metadata, spec }).spec;
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const decodeError = (kind: KindDefinition, value: object): string => {
  try {
    admitted(kind, value);
    return '';
  } catch (error) {
    return String(error);
  }
};

test('a Job says how it completes, whether it rests, and who made its selector', () => {
  expect(specOf(job, { template: { spec: { containers, restartPolicy: 'Never' } } })).toMatchObject({
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
  });
});

test('a PodTemplate has a generation', () => {
  expect(stored(podTemplate, { metadata, template: { spec: { containers } } }).metadata.generation).toBe(1);
});

test('a claim has both names of its source, or none when nothing would fill it', () => {
  const source = { kind: 'PersistentVolumeClaim', name: 'b' };
  expect(specOf(persistentVolumeClaim, { ...claim, dataSource: source })).toMatchObject({
    dataSourceRef: source,
  });
  expect(specOf(persistentVolumeClaim, { ...claim, dataSourceRef: source })).toMatchObject({
    dataSource: source,
  });
  expect(
    specOf(persistentVolumeClaim, { ...claim, dataSource: { kind: 'Bad', name: 'b' } }),
  ).not.toHaveProperty('dataSource');
  expect(
    specOf(persistentVolumeClaim, { ...claim, dataSourceRef: { ...source, namespace: 'x' } }),
  ).not.toHaveProperty('dataSourceRef');
});

test('a negative grace period is one second, in a pod only', () => {
  expect(specOf(pod, { containers, terminationGracePeriodSeconds: -1 })).toMatchObject({
    terminationGracePeriodSeconds: 1,
  });
});

test('an image whose registry is no host name is pulled when it is missing', () => {
  expect(specOf(pod, { containers: [{ name: 'c', image: '../x' }] })).toMatchObject({
    containers: [{ imagePullPolicy: 'IfNotPresent' }],
  });
});

test('a ReplicationController warns of its template as other workloads do', () => {
  const object = admitted(replicationController, {
    metadata,
    spec: { template: { metadata: { labels: { a: 'b' } }, spec: { containers, imagePullSecrets: [{}] } } },
  });
  expect(compileKind(replicationController).warnings(object, undefined)).toEqual([
    'spec.template.spec.imagePullSecrets[0].name: invalid empty name ""',
  ]);
});

test('micro times have six digits', () => {
  expect(decodeError(lease, { metadata, spec: { renewTime: '2020-01-01T00:00:00Z' } })).toContain(
    'parsing time "2020-01-01T00:00:00Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000"',
  );
});

test('a value of a wrong type is named with the structs that are embedded on the way', () => {
  const probe = { httpGet: { port: {} } };
  expect(
    decodeError(pod, { metadata, spec: { containers: [{ ...containers[0], livenessProbe: probe }] } }),
  ).toContain(
    'Go struct field HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port of type int32',
  );
});

test('addresses of a load balancer are checked, and stand at a Service of that type only', () => {
  const status = { loadBalancer: { ingress: [{ ip: '1.2.3.4', hostname: 'Bad' }] } };
  const of = (type: string) => ({ metadata, spec: { type, ports: [{ port: 80 }] } });
  expect(updateErrors(service, of('ClusterIP'), { ...of('ClusterIP'), status }, 'status')).toEqual([
    "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'",
  ]);
  expect(updateErrors(service, of('LoadBalancer'), { ...of('LoadBalancer'), status }, 'status')).toEqual([
    expect.stringMatching(/^status\.loadBalancer\.ingress\[0\]\.hostname: Invalid value: "Bad": a lowercase/),
  ]);
});

test('an empty object is another than none: the pods of a workload are made anew for it', () => {
  const of = (pod: object) => ({
    metadata,
    spec: {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers, ...pod } },
    },
  });
  const old = stored(deployment, of({}));
  const change = (pod: object): unknown => {
    const object = admitted(deployment, of(pod));
    compileKind(deployment).prepareForUpdate(object, old, context());
    return object.metadata.generation;
  };
  expect(change({ affinity: {} })).toBe(2);
  expect(change({ nodeSelector: {} })).toBe(1);
});

test('an empty list or map that goes is told from an absent one', () => {
  const claims = createErrors(pod, { metadata, spec: { containers, resources: { claims: [] } } });
  expect(claims).toEqual([
    'spec.resources.claims: Forbidden: claims may not be set for Resources at pod-level',
  ]);
  const template = {
    metadata: { deletionGracePeriodSeconds: 0, finalizers: [], managedFields: [] },
    spec: claim,
  };
  const volumes = [{ name: 'v', ephemeral: { volumeClaimTemplate: template } }];
  const at = 'spec.volumes[0].ephemeral.volumeClaimTemplate.metadata';
  expect(createErrors(pod, { metadata, spec: { containers, volumes } })).toEqual([
    `${at}.deletionGracePeriodSeconds: Forbidden: cannot be set`,
    `${at}.finalizers: Forbidden: cannot be set`,
    `${at}.managedFields: Forbidden: cannot be set`,
  ]);
  const jobOf = (more: object) => ({
    metadata,
    spec: { template: { spec: { containers: [{ ...containers[0], ...more }], restartPolicy: 'Never' } } },
  });
  const changes = updateErrors(job, jobOf({}), jobOf({ env: [], resources: { limits: {} } }));
  expect(changes.join()).toContain('"Env":[],"Resources":{"Limits":{},"Requests":null,"Claims":null}');
});
