import { expect } from 'vitest';
import type { AdmissionRequest, Authorizer } from '../../request.ts';
import { startTestServer, type TestAnswer, type TestServer } from '../../testing/test-server.ts';
import { createMutatingPolicies } from './mutating.ts';
import { createValidatingPolicies } from './validating.ts';

type Fields = Readonly<Record<string, unknown>>;

const GROUP = '/apis/admissionregistration.k8s.io/v1';

export interface PolicyServer extends TestServer {
  /** Audit annotations of all requests since the last reset. */
  readonly annotations: Map<string, string>;
  /** Removes all policies, bindings, ConfigMaps and Deployments. */
  reset(): Promise<void>;
  /** Makes a policy for ConfigMaps, and a binding of the same name. */
  policy(kind: 'Validating' | 'Mutating', name: string, spec: Fields, binding?: Fields): Promise<void>;
  configMap(name: string, more?: Fields): Promise<TestAnswer>;
}

const CONFIG_MAPS = {
  resourceRules: [
    { operations: ['CREATE', 'UPDATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] },
  ],
};

/** A server whose only admission plugins are the policies. */
export async function startPolicyServer(authorize: Authorizer['authorize']): Promise<PolicyServer> {
  const annotations = new Map<string, string>();
  const record = (request: AdmissionRequest): void => {
    request.annotate = (key, value) => annotations.set(key, value);
  };
  const recorder = { name: 'Recorder', handles: () => true, mutate: record, validate: record };
  const authorizer = { authorize };
  const server = await startTestServer({
    admission: [recorder, createMutatingPolicies(authorizer), createValidatingPolicies(authorizer)],
  });
  const create = async (plural: string, body: Fields): Promise<void> => {
    const answer = await server.call('POST', `${GROUP}/${plural}`, { body });
    expect([answer.status, answer.body.message]).toEqual([201, undefined]);
  };
  return {
    ...server,
    annotations,
    async reset() {
      annotations.clear();
      for (const kind of ['validating', 'mutating'])
        for (const suffix of ['ies', 'ybindings'])
          await server.call('DELETE', `${GROUP}/${kind}admissionpolic${suffix}`);
      await server.call('DELETE', '/api/v1/namespaces/default/configmaps');
      await server.call('DELETE', '/apis/apps/v1/namespaces/default/deployments');
    },
    async policy(kind, name, spec, binding = {}) {
      const apiVersion = 'admissionregistration.k8s.io/v1';
      const plural = `${kind.toLowerCase()}admissionpolic`;
      const actions = kind === 'Validating' ? { validationActions: ['Deny'] } : {};
      const reinvocation = kind === 'Mutating' ? { reinvocationPolicy: 'Never' } : {};
      await create(`${plural}ies`, {
        apiVersion,
        kind: `${kind}AdmissionPolicy`,
        metadata: { name },
        spec: { matchConstraints: CONFIG_MAPS, ...reinvocation, ...spec },
      });
      await create(`${plural}ybindings`, {
        apiVersion,
        kind: `${kind}AdmissionPolicyBinding`,
        metadata: { name },
        spec: { policyName: name, ...actions, ...binding },
      });
    },
    configMap: (name, more = {}) =>
      server.call('POST', '/api/v1/namespaces/default/configmaps', {
        body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...more },
      }),
  };
}
