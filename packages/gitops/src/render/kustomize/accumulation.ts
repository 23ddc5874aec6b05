import type { CopyBudget } from './copy-budget.ts';
import type { Var } from './kustomization.ts';
import { ResourceSet } from './resource-set.ts';
import { EMPTY_CONFIG, mergeConfigs, type TransformConfig } from './transform-config.ts';
import { addVar } from './vars.ts';

/** What a kustomization has gathered: objects, which fields are changed how, and vars. */
export class Accumulation {
  readonly set: ResourceSet;
  config: TransformConfig = EMPTY_CONFIG;
  readonly vars = new Map<string, Var>();

  constructor(budget: CopyBudget) {
    this.set = new ResourceSet(budget);
  }

  /** Takes in what a base has gathered. Throws StepError. */
  merge(other: Accumulation): void {
    for (const resource of other.set.list) this.set.append(resource);
    this.config = mergeConfigs(this.config, other.config);
    for (const one of other.vars.values()) addVar(this.vars, one);
  }
}
