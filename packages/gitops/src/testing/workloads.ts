import type { Deployment, Job } from '@gantry/api/generated/types';
import { deployments, jobs } from '@gantry/client/resources';
import { timestamp } from '@gantry/runtime/clock';
import { expect } from 'vitest';
import { type Fixture, until } from './fixture.ts';

/** Annotations of a manifest. */
export const wave = (number: number): string =>
  `  annotations:\n    gitops.gantry.dev/wave: ${JSON.stringify(String(number))}\n`;

export const deployment = (name: string, more = ''): string =>
  `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
${more}spec:
  replicas: 1
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: example.com/app}]}
`;

export const hook = (name: string, annotations: string, naming = `name: ${name}`): string =>
  `apiVersion: batch/v1
kind: Job
metadata:
  ${naming}
  labels: {hook: ${name}}
  annotations: {${annotations}}
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: main, image: example.com/app}]}
`;

/** No controllers run here: the test says how workloads are. */
export async function ready(fixture: Fixture, namespace: string, name: string): Promise<void> {
  const { metadata } = await fixture.cluster.admin.get<Deployment>(deployments, namespace, name);
  const counts = { replicas: 1, readyReplicas: 1, updatedReplicas: 1, availableReplicas: 1 };
  const status = { observedGeneration: metadata.generation, ...counts };
  const options = { type: 'merge', subresource: 'status' } as const;
  await fixture.cluster.admin.patch(deployments, namespace, name, { status }, options);
}

export async function hooksOf(fixture: Fixture, namespace: string, name: string): Promise<Job[]> {
  const labelSelector = `hook=${name}`;
  return (await fixture.cluster.admin.list<Job>(jobs, { namespace, labelSelector })).items;
}

export async function end(fixture: Fixture, job: Job, type: 'Complete' | 'Failed'): Promise<void> {
  const time = timestamp(Date.now());
  const criteria = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
  const condition = (name: string) => ({
    type: name,
    status: 'True',
    reason: 'Test',
    message: 'the test says so',
    lastTransitionTime: time,
    lastProbeTime: time,
  });
  const status = {
    startTime: time,
    ...(type === 'Complete' ? { completionTime: time, succeeded: 1 } : { failed: 1 }),
    conditions: [condition(criteria), condition(type)],
    uncountedTerminatedPods: {},
  };
  const { namespace = '', name } = job.metadata;
  const options = { type: 'merge', subresource: 'status' } as const;
  await fixture.cluster.admin.patch(jobs, namespace, name, { status }, options);
}

/** Waits until exactly one Job of the hook is there, and ends it. */
export async function endHook(
  fixture: Fixture,
  namespace: string,
  name: string,
  type: 'Complete' | 'Failed',
): Promise<Job> {
  const job = await until(async () => {
    const all = await hooksOf(fixture, namespace, name);
    expect(all).toHaveLength(1);
    return all[0] as Job;
  });
  await end(fixture, job, type);
  return job;
}
