import { Agent, type RequestOptions } from 'node:https';
import type { Node } from '@gantry/api/generated/types';
import { badRequest, internal, notFound } from '@gantry/machinery/status';
import { readObject } from '../auth/state.ts';
import type { StateReader } from '../request.ts';

/** The certificate that the API server shows to node agents, and the CA that signed theirs; PEM texts. */
export interface NodeClientTls {
  readonly ca: string;
  /** Absent: this server shows nodes no certificate. */
  readonly client?: { readonly cert: string; readonly key: string } | undefined;
}

/** Where a node agent listens. */
export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 10250;
/** Preference of the original's `--kubelet-preferred-address-types`, led by what always routes here. */
const ADDRESS_TYPES = ['InternalIP', 'Hostname', 'InternalDNS', 'ExternalDNS', 'ExternalIP'];
/** On nodes whose pods exist in the API alone; there is nobody to dial. */
const SIMULATED = 'gantry.dev/simulated';
const MAX_IDLE_SOCKETS = 16;
const IDLE_MS = 30_000;

/** Address of a node's agent, as its status says. Throws NotFound, BadRequest for a simulated one, 500 when it has none. */
export function nodeAddress(state: StateReader, name: string): NodeAddress {
  const node = readObject<Node>(state, 'nodes', '', name);
  if (node === undefined) throw notFound({ group: '', resource: 'nodes' }, name);
  const simulated = node.metadata.annotations?.[SIMULATED];
  if (simulated !== undefined) throw badRequest(`node ${name}: ${simulated}`);
  const addresses = node.status?.addresses ?? [];
  const host = ADDRESS_TYPES.map((type) => addresses.find((one) => one.type === type)?.address).find(
    (address) => address !== undefined && address !== '',
  );
  if (host === undefined)
    throw internal(`no preferred addresses found; known addresses: ${JSON.stringify(addresses)}`);
  return { host, port: node.status?.daemonEndpoints?.kubeletEndpoint?.Port || DEFAULT_PORT };
}

/** TLS towards node agents: pooled for plain requests; a connection that is upgraded is its own. */
export interface NodeTransport {
  readonly pooled: RequestOptions;
  readonly single: RequestOptions;
  close(): void;
}

export function createNodeTransport({ ca, client }: NodeClientTls): NodeTransport {
  const tls = { ca, ...client, minVersion: 'TLSv1.2' } as const;
  const agent = new Agent({ ...tls, keepAlive: true, maxFreeSockets: MAX_IDLE_SOCKETS, timeout: IDLE_MS });
  return {
    pooled: { agent },
    single: { ...tls, agent: false },
    close: () => agent.destroy(),
  };
}
