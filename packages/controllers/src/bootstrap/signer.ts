import { createHmac } from 'node:crypto';
import type { ConfigMap, Secret } from '@gantry/api/generated/types';
import { configMaps, secrets } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { DONE } from '../shared/outcomes.ts';
import { isBootstrapToken, NAMESPACE, signingToken } from './token-secret.ts';

const PUBLIC = 'kube-public';
const NAME = 'cluster-info';
const KEY = `${PUBLIC}/${NAME}`;
const PREFIX = 'jws-kubeconfig-';

/** A JWS without its payload: whoever knows the token can check the text that lies beside it. */
export function detachedSignature(content: string, id: string, key: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: id })).toString('base64url');
  const payload = Buffer.from(content).toString('base64url');
  const signature = createHmac('sha256', `${id}.${key}`).update(`${header}.${payload}`).digest('base64url');
  return `${header}..${signature}`;
}

/** What the ConfigMap should hold; undefined when it does already. */
export function signed(
  data: Readonly<Record<string, string>>,
  tokens: readonly { readonly id: string; readonly key: string }[],
): Record<string, string> | undefined {
  const content = data.kubeconfig;
  if (content === undefined) return undefined;
  const next = Object.fromEntries(Object.entries(data).filter(([key]) => !key.startsWith(PREFIX)));
  for (const { id, key } of tokens) next[PREFIX + id] = detachedSignature(content, id, key);
  const keys = Object.keys(next);
  const same = keys.length === Object.keys(data).length && keys.every((key) => next[key] === data[key]);
  return same ? undefined : next;
}

/** Signs `cluster-info` of kube-public with every bootstrap token, so that who joins can trust it. */
export const bootstrapSignerController = (): Controller => ({
  name: 'bootstrap-signer-controller',
  inputs: [
    input<ConfigMap>(configMaps, ({ metadata }) =>
      metadata.namespace === PUBLIC && metadata.name === NAME ? [KEY] : [],
    ),
    input<Secret>(secrets, (secret) => (isBootstrapToken(secret) ? [KEY] : [])),
  ],
  outputs: [{ resource: configMaps, verbs: ['update'] }],
  async reconcile(_key, { client, informers, clock }) {
    const configMap = informers.informer(configMaps).get(PUBLIC, NAME);
    if (configMap?.data === undefined) return DONE;
    const tokens = informers
      .informer(secrets)
      .list(NAMESPACE)
      .flatMap((secret) => signingToken(secret, clock.now()) ?? []);
    const data = signed(configMap.data, tokens);
    if (data === undefined) return DONE;
    try {
      await client.update(configMaps, { ...configMap, data });
    } catch (error) {
      if (!isStatusError(error, 'Conflict') && !isStatusError(error, 'NotFound')) throw error;
    }
    return DONE;
  },
});
