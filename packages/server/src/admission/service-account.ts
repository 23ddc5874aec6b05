import type { Container, Namespace, Pod, ServiceAccount, Volume } from '@gantry/api/generated/types';
import { generateName } from '@gantry/machinery/names';
import { isPathSegmentName } from '@gantry/machinery/validation';
import { readObject } from '../auth/state.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../request.ts';
import { denied, isResource } from './denial.ts';
import { ephemeralSecretFault, limitsSecrets, secretFault } from './mountable-secrets.ts';
import { secretNames } from './pod-references.ts';

export const MIRROR_ANNOTATION = 'kubernetes.io/config.mirror';
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const VOLUME_PREFIX = 'kube-api-access-';
/** The default account of a namespace comes a moment after it; in one set with its namespace, only after the commit. */
const NEW_NAMESPACE_MS = 10_000;

/** The volume that holds token, CA and namespace, as every pod has it. */
const tokenVolume = (name: string): Volume => ({
  name,
  projected: {
    defaultMode: 0o644,
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
  },
});

function isNewNamespace(request: AdmissionRequest, now: number): boolean {
  const namespace = readObject<Namespace>(request.state, 'namespaces', '', request.attributes.namespace);
  if (namespace === undefined || namespace.metadata.deletionTimestamp !== undefined) return false;
  const { creationTimestamp } = namespace.metadata;
  return !creationTimestamp || now - Date.parse(creationTimestamp) < NEW_NAMESPACE_MS;
}

function findAccount(request: AdmissionRequest, name: string, now: number): ServiceAccount | undefined {
  const { namespace } = request.attributes;
  const account = readObject<ServiceAccount>(request.state, 'serviceaccounts', namespace, name);
  if (account !== undefined || (name === 'default' && isNewNamespace(request, now))) return account;
  // The original's client refuses to ask for what can't be a part of a path.
  const wrong = isPathSegmentName(name);
  const problem =
    wrong.length === 0
      ? `serviceaccount ${JSON.stringify(name)} not found`
      : `invalid resource name ${JSON.stringify(name)}: [${wrong.join(' ')}]`;
  throw denied(request, `error looking up service account ${namespace}/${name}: ${problem}`);
}

function mountToken(pod: Pod): void {
  const known = pod.spec.volumes?.find(({ name }) => name.startsWith(VOLUME_PREFIX));
  const name = known?.name ?? generateName(VOLUME_PREFIX);
  let mounted = false;
  for (const container of [...(pod.spec.initContainers ?? []), ...pod.spec.containers] as Container[]) {
    container.volumeMounts ??= [];
    if (container.volumeMounts.some(({ mountPath }) => mountPath === TOKEN_PATH)) continue;
    container.volumeMounts.push({ name, readOnly: true, mountPath: TOKEN_PATH });
    mounted = true;
  }
  if (known !== undefined || !mounted) return;
  pod.spec.volumes ??= [];
  pod.spec.volumes.push(tokenVolume(name));
}

/** A mirror pod shows what the node runs by itself; it must not borrow rights from the API. */
function checkMirrorPod(request: AdmissionRequest, pod: Pod): void {
  if (pod.spec.serviceAccountName) throw denied(request, 'a mirror pod may not reference service accounts');
  if (secretNames(pod).length > 0) throw denied(request, 'a mirror pod may not reference secrets');
  for (const { projected } of pod.spec.volumes ?? []) {
    if (projected?.sources?.some(({ serviceAccountToken }) => serviceAccountToken !== undefined)) {
      throw denied(request, 'a mirror pod may not use ServiceAccountToken volume projections');
    }
  }
}

/** Account, its pull secrets, and its token at the usual path. https://kubernetes.io/docs/concepts/security/service-accounts/ */
export const createServiceAccountPlugin = (now: () => number): AdmissionPlugin => ({
  name: 'ServiceAccount',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'pods') &&
    (operation === 'CREATE'
      ? subresource === ''
      : operation === 'UPDATE' && subresource === 'ephemeralcontainers'),
  mutate(request) {
    if (request.operation !== 'CREATE') return;
    const pod = request.object as unknown as Pod;
    if (pod.metadata.annotations?.[MIRROR_ANNOTATION] !== undefined) return checkMirrorPod(request, pod);
    const name = pod.spec.serviceAccountName || 'default';
    pod.spec.serviceAccountName = name;
    pod.spec.serviceAccount = name;
    const account = findAccount(request, name, now());
    if (pod.spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true)
      mountToken(pod);
    const pullSecrets = account?.imagePullSecrets ?? [];
    if ((pod.spec.imagePullSecrets ?? []).length === 0 && pullSecrets.length > 0) {
      pod.spec.imagePullSecrets = pullSecrets.map((secret) => ({ ...secret }));
    }
  },
  validate(request) {
    const pod = request.object as unknown as Pod;
    const creates = request.operation === 'CREATE';
    if (creates && pod.metadata.annotations?.[MIRROR_ANNOTATION] !== undefined)
      return checkMirrorPod(request, pod);
    if (!pod.spec.serviceAccountName) {
      throw denied(
        request,
        `no service account specified for pod ${request.attributes.namespace}/${pod.metadata.name}`,
      );
    }
    const account = findAccount(request, pod.spec.serviceAccountName, now());
    if (account === undefined || !limitsSecrets(account)) return;
    const fault = creates ? secretFault(pod, account) : ephemeralSecretFault(pod, account);
    if (fault !== undefined) throw denied(request, fault);
  },
});
