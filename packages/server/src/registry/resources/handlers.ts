import type { VirtualHandler } from '../../handler.ts';
import type { Registry } from '../registry.ts';
import { bindingHandlers } from './binding.ts';
import { evictionHandler } from './eviction.ts';

/** Subresources of stored kinds that take an object of another kind. */
export function resourceHandlers(registry: Registry): readonly VirtualHandler[] {
  const pods = registry.table.ofStorage('pods');
  const budgets = registry.table.ofStorage('poddisruptionbudgets.policy');
  if (pods === undefined) return [];
  return [
    ...bindingHandlers(registry, pods),
    ...(budgets === undefined ? [] : [evictionHandler(pods.kind, budgets.kind)]),
  ];
}
