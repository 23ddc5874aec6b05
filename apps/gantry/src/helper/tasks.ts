import type { Layout } from '../layout.ts';
import type { UpOptions } from '../options.ts';
import type { ClusterInput } from './cluster.ts';

/** A service that a helper started or found; it outlives the helper. */
export interface Launched {
  /** What others connect to. */
  readonly endpoint: string;
  /** Absent when somebody else runs it. */
  readonly pid?: number;
}

/** What a helper process does, by name. Inputs and outputs travel as JSON. */
export interface Tasks {
  /** Makes or renews certificates and kubeconfigs. */
  readonly identities: {
    readonly input: {
      readonly layout: Layout;
      readonly options: UpOptions;
      readonly nodeName: string;
      readonly nodeIp: string;
    };
    readonly output: null;
  };
  readonly postgres: { readonly input: { readonly dataDir: string }; readonly output: Launched };
  readonly runtime: {
    readonly input: { readonly dataDir: string; readonly criEndpoint?: string };
    readonly output: Launched;
  };
  readonly cluster: { readonly input: ClusterInput; readonly output: null };
  readonly 'stop-pods': {
    readonly input: { readonly endpoint: string; readonly nodeRoot: string };
    readonly output: null;
  };
}

export type TaskName = keyof Tasks;
