import { isDNS1123Label } from '@gantry/machinery/validation';
import { podSpecWarnings } from '../../core/v1/pod-warnings.ts';
import type { JobSpec } from '../../generated/types.ts';

const MANY_COMPLETIONS = 100_000;
const MANY_AT_ONCE = 10_000;

/** A name that makes no host name for its pods. */
export function podNameWarnings(name: string): string[] {
  const reasons = isDNS1123Label(name);
  return reasons.length === 0
    ? []
    : [
        `metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${reasons.join(' ')}]`,
      ];
}

/** Warnings about a Job's spec. `path` is `spec` or `spec.jobTemplate.spec`. */
export function jobSpecWarnings(spec: JobSpec, path: string): string[] {
  const isLarge =
    spec.completionMode === 'Indexed' &&
    (spec.completions ?? 0) > MANY_COMPLETIONS &&
    (spec.parallelism ?? 0) > MANY_AT_ONCE;
  return [
    ...(isLarge
      ? [
          `${path}: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail`,
        ]
      : []),
    ...podSpecWarnings(spec.template?.spec, `${path}.template.spec`),
  ];
}
