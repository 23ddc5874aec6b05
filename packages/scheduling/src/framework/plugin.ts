import type {
  PersistentVolume,
  PersistentVolumeClaim,
  Service,
  StorageClass,
} from '@gantry/api/generated/types';
import type { Lister } from '@gantry/client/port';
import type { LabelSelector } from '@gantry/machinery/label-selector';
import type { SchedulerCache } from '../cache/cache.ts';
import type { NodeInfo } from '../cache/node-info.ts';
import type { NamespaceLabels } from './affinity-term.ts';
import type { PodInfo } from './pod-info.ts';

/** Why a pod can't go to a node. */
export interface Rejection {
  readonly plugin: string;
  readonly reasons: readonly string[];
  /** Removing other pods from the node would not help. */
  readonly unresolvable: boolean;
}

/** Objects that plugins look up besides nodes and pods. */
export interface Listers {
  readonly claims: Pick<Lister<PersistentVolumeClaim>, 'get'>;
  readonly volumes: Pick<Lister<PersistentVolume>, 'get' | 'list'>;
  readonly storageClasses: Pick<Lister<StorageClass>, 'get'>;
  readonly services: Pick<Lister<Service>, 'list'>;
  readonly namespaceLabels: NamespaceLabels;
  /** Selector of the controller that owns a pod: ReplicaSet, StatefulSet, ReplicationController. */
  readonly ownerSelector: (info: PodInfo) => LabelSelector | undefined;
  /** Claim that an available volume is promised to while that is being written: volume name → `namespace/claim`. */
  readonly promisedVolumes: ReadonlyMap<string, string>;
}

/** One attempt to place one pod. */
export interface Cycle {
  readonly pod: PodInfo;
  readonly cache: SchedulerCache;
  readonly listers: Listers;
}

export type NodeFilter = (node: NodeInfo) => Rejection | undefined;

/** What a filter plugin makes of a pod before it looks at nodes. */
export type FilterPlan =
  /** The plugin has nothing to say about this pod. */
  | undefined
  | { readonly filter: NodeFilter; readonly onlyNodes?: ReadonlySet<string> }
  /** No node will do. */
  | { readonly rejection: Rejection };

export interface FilterPlugin {
  readonly name: string;
  plan(cycle: Cycle): FilterPlan;
}

export interface ScorePlan {
  score(node: NodeInfo): number;
  /** Brings the scores of all nodes to 0–100, in place. Absent = they are already. */
  normalize?(scores: number[], nodes: readonly NodeInfo[]): void;
}

export interface ScorePlugin {
  readonly name: string;
  readonly weight: number;
  /** Undefined when all nodes would score alike. */
  plan(cycle: Cycle, feasible: readonly NodeInfo[]): ScorePlan | undefined;
}

export const SCORE_MAX = 100;

/** Scales so that the highest is 100; with `reverse` the highest becomes 0. */
export function scaleToMax(scores: number[], reverse: boolean): void {
  const max = scores.reduce((a, b) => Math.max(a, b), 0);
  for (let i = 0; i < scores.length; i++) {
    const scaled = max === 0 ? 0 : Math.floor((SCORE_MAX * (scores[i] ?? 0)) / max);
    scores[i] = reverse ? SCORE_MAX - scaled : scaled;
  }
}
