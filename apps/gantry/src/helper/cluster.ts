import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Node } from '@gantry/api/generated/types';
import { createClient } from '@gantry/client/client';
import { loadKubeconfig } from '@gantry/client/kubeconfig';
import type { Client } from '@gantry/client/port';
import type { KubeObject } from '@gantry/machinery/object';
import { parseYaml } from '@gantry/machinery/yaml';
import { UserError } from '../errors.ts';

/** What Gantry itself is set up with, as plain manifests. */
const SYSTEM_MANIFESTS = fileURLToPath(new URL('../../../../manifests/system', import.meta.url));
const TIMEOUT_MS = 180_000;
const RETRY_MS = 60;

interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
}

export interface ClusterInput {
  readonly kubeconfig: string;
  /** Of real nodes; simulated ones are ready when their agent is. */
  readonly nodeName?: string;
}

/**
 * Brings a cluster whose API server is starting to where a user may go on: system manifests applied, pods can be
 * created in `default`, the node is Ready. Throws a UserError that says what is lacking.
 */
export async function prepareCluster(input: ClusterInput): Promise<void> {
  const client = createClient(loadKubeconfig(input.kubeconfig));
  const deadline = Date.now() + TIMEOUT_MS;
  const until = (what: string, attempt: () => Promise<unknown>) => retry(what, attempt, deadline);
  try {
    await until('the API server', () => client.request('GET', '/api/v1/namespaces/kube-system'));
    await applyManifests(client, SYSTEM_MANIFESTS);
    await until('the ServiceAccount default', () =>
      client.request('GET', '/api/v1/namespaces/default/serviceaccounts/default'),
    );
    const { nodeName } = input;
    if (nodeName !== undefined) await until(`node ${nodeName}`, () => assertReady(client, nodeName));
  } finally {
    client.close();
  }
}

async function retry(what: string, attempt: () => Promise<unknown>, deadline: number): Promise<void> {
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new UserError(`${what} is not ready after ${TIMEOUT_MS / 1000} s: ${reason}`);
      }
      await sleep(RETRY_MS);
    }
  }
}

async function assertReady(client: Client, name: string): Promise<void> {
  const node = await client.request<Node>('GET', `/api/v1/nodes/${encodeURIComponent(name)}`);
  const ready = node.status?.conditions?.find((condition) => condition.type === 'Ready');
  if (ready?.status !== 'True') throw new Error(ready?.message ?? ready?.reason ?? 'it has not registered');
}

/** Server-side apply of each document in the folder. */
async function applyManifests(client: Client, folder: string): Promise<void> {
  for (const file of readdirSync(folder).sort()) {
    for (const { value } of parseYaml(readFileSync(join(folder, file), 'utf8'))) {
      const object = value as KubeObject;
      const path = `${await collectionOf(client, object)}/${encodeURIComponent(object.metadata.name)}`;
      await client.request('PATCH', `${path}?fieldManager=gantry&force=true`, object, {
        'content-type': 'application/apply-patch+yaml',
      });
    }
  }
}

async function collectionOf(client: Client, object: KubeObject): Promise<string> {
  const root = object.apiVersion.includes('/') ? `/apis/${object.apiVersion}` : `/api/${object.apiVersion}`;
  const { resources } = await client.request<ResourceList>('GET', root);
  const resource = resources.find(({ kind, name }) => kind === object.kind && !name.includes('/'));
  if (resource === undefined) throw new Error(`${object.apiVersion} ${object.kind} is no built-in kind`);
  const namespace = resource.namespaced ? `/namespaces/${object.metadata.namespace ?? 'default'}` : '';
  return `${root}${namespace}/${resource.name}`;
}
