/** The desired ruleset in terms no back end owns: what is reachable where, and which endpoints answer. */

export type Protocol = 'tcp' | 'udp' | 'sctp';

/** Where new connections go. IPv4 only. */
export interface Backend {
  readonly ip: string;
  readonly port: number;
  /** Runs on this node: may talk to itself through a Service (hairpin). */
  readonly local: boolean;
}

/** Whose packets get the node's own source address. Packets of a pod to itself always do. */
export type Masquerade =
  /** Sources outside the cluster's pod range, when they ask for an address of the service range. */
  | 'off-cluster'
  /** Every source: the endpoint may be on another node, and its answer has to come back through this one. */
  | 'always'
  /** No source: the endpoints see the client's address. */
  | 'never';

/** One address, protocol and port that this node answers for. */
export interface Frontend {
  readonly ip: string;
  readonly protocol: Protocol;
  readonly port: number;
  /** For comments and chain names: `namespace/name:port`. */
  readonly service: string;
  /** The endpoints of any source; with `local`, those of sources inside the cluster. */
  readonly backends: readonly Backend[];
  readonly masquerade: Masquerade;
  /** externalTrafficPolicy Local: endpoints of sources outside the cluster. */
  readonly local?: readonly Backend[];
  /** Session affinity ClientIP: seconds since the last new connection. */
  readonly affinitySeconds?: number;
  /** What meets a packet that no endpoint takes. */
  readonly whenEmpty: 'reject' | 'drop';
  /** Sources allowed (loadBalancerSourceRanges); absent = all. Disjoint IPv4 CIDRs. */
  readonly sources?: readonly string[];
}

/** Facts of the node that rules depend on. */
export interface NodeFacts {
  readonly nodeName: string;
  /** IPv4 addresses on which node ports answer. */
  readonly nodeIps: readonly string[];
  /** `topology.kubernetes.io/zone`. */
  readonly zone?: string;
}

/** `ip:port/protocol`: no two frontends share it. */
export const frontendKey = (frontend: Frontend): string =>
  `${frontend.ip}:${frontend.port}/${frontend.protocol}`;
