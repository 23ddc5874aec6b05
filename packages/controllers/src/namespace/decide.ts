import type { NamespaceCondition } from '@gantry/api/generated/types';
import { timestamp } from '@gantry/runtime/clock';
import { findCondition } from '../shared/conditions.ts';

/** What one pass over a namespace's content found. */
export interface ContentReport {
  readonly discoveryFailures: ReadonlyMap<string, string>;
  readonly deletionErrors: readonly string[];
  /** `pods.` or `deployments.apps` → objects that remain. */
  readonly remaining: ReadonlyMap<string, number>;
  /** Finalizer → objects that carry it. */
  readonly finalizers: ReadonlyMap<string, number>;
}

export const isEmpty = (report: ContentReport): boolean =>
  report.remaining.size === 0 && report.deletionErrors.length === 0 && report.discoveryFailures.size === 0;

interface Verdict {
  readonly type: string;
  readonly ok: readonly [reason: string, message: string];
  readonly bad: readonly [reason: string, message: string] | undefined;
}

function verdicts(report: ContentReport): readonly Verdict[] {
  const { discoveryFailures, deletionErrors, remaining, finalizers } = report;
  const failing = [...discoveryFailures].map(([groupVersion, reason]) => `${groupVersion}: ${reason}`).sort();
  const counts = [...remaining].map(([name, count]) => `${name} has ${count} resource instances`).sort();
  const holders = [...finalizers].map(([name, count]) => `${name} in ${count} resource instances`).sort();
  const errors = [...deletionErrors].sort();
  return [
    {
      type: 'NamespaceDeletionDiscoveryFailure',
      ok: ['ResourcesDiscovered', 'All resources successfully discovered'],
      bad:
        failing.length === 0
          ? undefined
          : [
              'DiscoveryFailed',
              `Discovery failed for some groups, ${failing.length} failing: unable to retrieve the complete list of server APIs: ${failing.join(', ')}`,
            ],
    },
    {
      type: 'NamespaceDeletionGroupVersionParsingFailure',
      ok: ['ParsedGroupVersions', 'All legacy kube types successfully parsed'],
      bad: undefined,
    },
    {
      type: 'NamespaceDeletionContentFailure',
      ok: ['ContentDeleted', 'All content successfully deleted, may be waiting on finalization'],
      bad:
        errors.length === 0
          ? undefined
          : [
              'ContentDeletionFailed',
              `Failed to delete all resource types, ${errors.length} remaining: ${errors.join(', ')}`,
            ],
    },
    {
      type: 'NamespaceContentRemaining',
      ok: ['ContentRemoved', 'All content successfully removed'],
      bad:
        counts.length === 0
          ? undefined
          : ['SomeResourcesRemain', `Some resources are remaining: ${counts.join(', ')}`],
    },
    {
      type: 'NamespaceFinalizersRemaining',
      ok: ['ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
      bad:
        holders.length === 0
          ? undefined
          : [
              'SomeFinalizersRemain',
              `Some content in the namespace has finalizers remaining: ${holders.join(', ')}`,
            ],
    },
  ];
}

/** The five conditions of a namespace on its way out; those that say the same keep their time. */
export function decideConditions(
  current: readonly NamespaceCondition[] | undefined,
  report: ContentReport,
  now: number,
): NamespaceCondition[] {
  const own = verdicts(report).map(({ type, ok, bad }): NamespaceCondition => {
    const [reason, message] = bad ?? ok;
    const status = bad === undefined ? 'False' : 'True';
    const before = findCondition(current, type);
    const lastTransitionTime =
      before?.status === status ? (before.lastTransitionTime ?? timestamp(now)) : timestamp(now);
    return { type, status, lastTransitionTime, reason, message };
  });
  const types = new Set(own.map(({ type }) => type));
  return [...(current ?? []).filter(({ type }) => !types.has(type)), ...own];
}
