import { isDeepStrictEqual } from 'node:util';
import type { Pod } from '@gantry/api/generated/types';

/** What a running pod's files may tell of its object. */
export const told = ({ metadata: { labels, annotations } }: Pod): unknown => [labels, annotations];

/** Whether nothing that the agent acts on differs. */
export function isSameButStatus(a: Pod, b: Pod): boolean {
  const facts = ({ metadata, spec }: Pod): unknown => [
    metadata.deletionTimestamp,
    metadata.deletionGracePeriodSeconds,
    metadata.labels,
    metadata.annotations,
    spec,
  ];
  return isDeepStrictEqual(facts(a), facts(b));
}
