import type { Rejection } from '../framework/plugin.ts';

/** Another set of pods on the node might change it. */
export const unschedulable = (plugin: string, ...reasons: string[]): Rejection => ({
  plugin,
  reasons,
  unresolvable: false,
});

/** No preemption on the node helps. */
export const unresolvable = (plugin: string, ...reasons: string[]): Rejection => ({
  plugin,
  reasons,
  unresolvable: true,
});
