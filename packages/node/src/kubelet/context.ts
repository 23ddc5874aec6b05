import type { ConfigMap, Pod, Secret, Service } from '@gantry/api/generated/types';
import type { Client, Lister } from '@gantry/client/port';
import type { Clock, EventRecorder, Logger } from '@gantry/runtime/port';
import type { Cri } from '../cri/port.ts';
import type { NodeFacts } from '../environment/field-ref.ts';
import type { HostPorts } from '../pod-network/host-ports.ts';
import type { Prober } from '../probes/prober.ts';
import type { ServiceAccountTokens } from '../volumes/tokens.ts';
import type { Volumes } from '../volumes/volumes.ts';
import type { Rejection } from './admission.ts';
import type { Backoff } from './backoff.ts';
import type { Cgroups } from './cgroups.ts';
import type { ImageManager } from './image-manager.ts';
import type { ObjectCache } from './object-cache.ts';
import type { ResolvConf } from './resolv-conf.ts';

/** What an agent is started with. */
export interface KubeletConfig {
  readonly nodeName: string;
  readonly nodeIp: string;
  readonly rootDir: string;
  readonly logsDir: string;
  /** Names this agent on a runtime that others may use too. */
  readonly instance: string;
  /** '' = no cluster DNS. */
  readonly clusterDns: string;
  readonly clusterDomain: string;
  readonly memoryCapacityBytes: number;
  /** Scores below 0 are clamped to 0. */
  readonly restrictOomScoreAdj: boolean;
}

/** The parts that pod workers share. */
export interface KubeletContext {
  readonly config: KubeletConfig;
  readonly cri: Cri;
  /** The runtime's socket, `unix://…`. */
  readonly criEndpoint: string;
  /** `containerd`, `cri-o`: the prefix of container ids in the API. */
  readonly runtimeKind: string;
  readonly client: Client;
  readonly events: EventRecorder;
  readonly log: Logger;
  readonly clock: Clock;
  readonly node: NodeFacts;
  readonly hostDns: ResolvConf;
  readonly services: Lister<Service>;
  readonly configMaps: ObjectCache<ConfigMap>;
  readonly secrets: ObjectCache<Secret>;
  readonly tokens: ServiceAccountTokens;
  readonly volumes: Volumes;
  readonly cgroups: Cgroups;
  readonly images: ImageManager;
  readonly prober: Prober;
  /** Container restarts; keys start with the pod's uid. */
  readonly restarts: Backoff;
  readonly hostPorts: HostPorts | undefined;
  /** Why the node has no room for what the pod's spec asks for; undefined when it has. */
  refuseResize(pod: Pod): Rejection | undefined;
  /** Room may have come free: pods whose resize waits ask again. */
  retryResizes(): void;
}
