import type { Job, Pod } from '@gantry/api/generated/types';
import { podFromTemplate } from '../shared/pod-template.ts';
import { judge } from './failure-policy.ts';
import {
  failuresBefore,
  INDEX,
  INDEX_FAILURES,
  INDEX_IGNORED_FAILURES,
  ignoredFailuresBefore,
  limitsFailuresPerIndex,
  TRACKING,
} from './pods.ts';

const INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';
/** Room for the index and the random suffix in a name of 63 characters. */
const MAX_PREFIX = 58;

type Container = Pod['spec']['containers'][number];

const withIndexVariable = (container: Container): Container =>
  (container.env ?? []).some(({ name }) => name === INDEX_VARIABLE)
    ? container
    : {
        ...container,
        env: [
          ...(container.env ?? []),
          {
            name: INDEX_VARIABLE,
            valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: `metadata.labels['${INDEX}']` } },
          },
        ],
      };

/** A pod of the Job; for an index also its name, label, annotations and variable. `last` is the index's last failed pod. */
export function jobPod(job: Job, index: number | undefined, last: Pod | undefined): Pod {
  const pod = podFromTemplate(job.spec.template, job);
  pod.metadata.finalizers = [...new Set([...(pod.metadata.finalizers ?? []), TRACKING])];
  if (index === undefined) return pod;
  const suffix = `-${index}-`;
  pod.metadata.generateName = job.metadata.name.slice(0, MAX_PREFIX - suffix.length) + suffix;
  pod.metadata.labels = { ...pod.metadata.labels, [INDEX]: String(index) };
  pod.metadata.annotations = { ...pod.metadata.annotations, [INDEX]: String(index), ...counters(job, last) };
  pod.spec = {
    ...pod.spec,
    hostname: `${job.metadata.name}-${index}`,
    containers: pod.spec.containers.map(withIndexVariable),
    ...(pod.spec.initContainers === undefined
      ? {}
      : { initContainers: pod.spec.initContainers.map(withIndexVariable) }),
  };
  return pod;
}

function counters(job: Job, last: Pod | undefined): Record<string, string> {
  if (!limitsFailuresPerIndex(job)) return {};
  if (last === undefined) return { [INDEX_FAILURES]: '0' };
  const isIgnored = judge(job.spec.podFailurePolicy, last).action === 'Ignore';
  const ignored = ignoredFailuresBefore(last) + (isIgnored ? 1 : 0);
  return {
    [INDEX_FAILURES]: String(failuresBefore(last) + (isIgnored ? 0 : 1)),
    ...(ignored > 0 ? { [INDEX_IGNORED_FAILURES]: String(ignored) } : {}),
  };
}
