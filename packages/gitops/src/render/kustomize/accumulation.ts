import type { Var } from './kustomization.ts';
import { ResourceSet } from './resource-set.ts';
import { EMPTY_CONFIG, mergeConfigs, type TransformConfig } from './transform-config.ts';
import { addVar } from './vars.ts';

/** What a kustomization has gathered: objects, which fields are changed how, and vars. */
export class Accumulation {
  readonly set = new ResourceSet();
  config: TransformConfig = EMPTY_CONFIG;
  readonly vars = new Map<string, Var>();

  /** Takes in what a base has gathered. Throws StepError. */
  merge(other: Accumulation): void {
    this.set.count(other.set.copied);
    for (const resource of other.set.list) this.set.append(resource);
    this.config = mergeConfigs(this.config, other.config);
    for (const one of other.vars.values()) addVar(this.vars, one);
  }
}
