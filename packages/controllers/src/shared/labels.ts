import type { LabelSelector } from '@gantry/api/generated/types';
import { type LabelSelectorObject, matchesSelectorObject } from '@gantry/machinery/label-selector';

type Labels = Readonly<Record<string, string>> | undefined;

/** An absent selector selects nothing, an empty one everything. One that is malformed selects nothing. */
export const matchesSelector = (selector: LabelSelector | undefined, labels: Labels): boolean =>
  matchesSelectorObject(selector as LabelSelectorObject | undefined, labels);

export const isEmptySelector = (selector: LabelSelector | undefined): boolean =>
  Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0;

/** Whether a plain map selector, as Services and ReplicationControllers have, matches; an empty one matches all. */
export const matchesLabels = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector ?? {}).every(([key, value]) => labels?.[key] === value);
