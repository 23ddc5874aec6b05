import { isDeepStrictEqual } from 'node:util';
import type { ConfigMap, Namespace } from '@gantry/api/generated/types';
import { configMaps, namespaces } from '@gantry/client/resources';
import { isStatusError } from '@gantry/machinery/status';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { DONE, isNamespaceTerminating } from '../shared/outcomes.ts';

const NAME = 'kube-root-ca.crt';
const DESCRIPTION_KEY = 'kubernetes.io/description';
/** What clients of the original find there. */
const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. ' +
  'No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Every namespace has a ConfigMap with the cluster's CA (`rootCa`, PEM), which pods mount. */
export const rootCaController = (rootCa: string): Controller => ({
  name: 'root-ca-certificate-publisher-controller',
  inputs: [
    input<Namespace>(namespaces),
    input<ConfigMap>(configMaps, (configMap) =>
      configMap.metadata.name === NAME ? [configMap.metadata.namespace ?? ''] : [],
    ),
  ],
  outputs: [{ resource: configMaps, verbs: ['create', 'update'] }],
  async reconcile(key, { client, informers }) {
    const namespace = informers.informer(namespaces).get('', key);
    if (namespace === undefined || namespace.metadata.deletionTimestamp !== undefined) return DONE;
    const data = { 'ca.crt': rootCa };
    const existing = informers.informer(configMaps).get(key, NAME);
    if (existing !== undefined) {
      const { annotations } = existing.metadata;
      if (isDeepStrictEqual(existing.data, data) && annotations?.[DESCRIPTION_KEY] !== undefined) return DONE;
      const metadata = {
        ...existing.metadata,
        annotations: { ...annotations, [DESCRIPTION_KEY]: DESCRIPTION },
      };
      await client.update(configMaps, { ...existing, metadata, data });
      return DONE;
    }
    const configMap: ConfigMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: NAME, namespace: key, annotations: { [DESCRIPTION_KEY]: DESCRIPTION } },
      data,
    };
    try {
      await client.create(configMaps, configMap);
    } catch (error) {
      if (!isStatusError(error, 'AlreadyExists') && !isNamespaceTerminating(error)) throw error;
    }
    return DONE;
  },
});
