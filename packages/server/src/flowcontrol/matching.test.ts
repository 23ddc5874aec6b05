import type { FlowSchema } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../http/path.ts';
import type { UserInfo } from '../request.ts';
import { mandatoryFlowSchemas, suggestedFlowSchemas } from './bootstrap-objects.ts';
import { flowDistinguisher, flowSchemaMatcher } from './matching.ts';

const all = [...mandatoryFlowSchemas, ...suggestedFlowSchemas].sort(
  (a, b) => (a.spec.matchingPrecedence ?? 0) - (b.spec.matchingPrecedence ?? 0),
);

function classify(user: UserInfo, method: string, path: string): string | undefined {
  const { attributes } = parseRequest(method, path, new URLSearchParams());
  return all.find((schema) => flowSchemaMatcher(schema)(user, attributes))?.metadata.name;
}

const signedIn = (name: string, ...groups: string[]): UserInfo => ({
  name,
  groups: [...groups, 'system:authenticated'],
});
const account = (namespace: string, name: string): UserInfo =>
  signedIn(
    `system:serviceaccount:${namespace}:${name}`,
    'system:serviceaccounts',
    `system:serviceaccounts:${namespace}`,
  );

describe('flow schemas', () => {
  const node = signedIn('system:node:a', 'system:nodes');
  const lease = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/a';

  it.each([
    ['exempt', signedIn('admin', 'system:masters'), 'GET', '/api/v1/pods'],
    ['probes', { name: 'system:anonymous', groups: ['system:unauthenticated'] }, 'GET', '/healthz'],
    ['probes', signedIn('joe'), 'GET', '/readyz/etcd'],
    ['global-default', signedIn('joe'), 'GET', '/readyzed'],
    ['system-leader-election', signedIn('system:kube-scheduler'), 'PUT', lease],
    ['system-leader-election', account('kube-system', 'a'), 'GET', lease],
    ['kube-system-service-accounts', account('kube-system', 'a'), 'DELETE', lease],
    ['system-node-high', node, 'PUT', lease],
    ['system-node-high', node, 'PATCH', '/api/v1/nodes/a/status'],
    ['system-nodes', node, 'GET', '/api/v1/nodes/a/proxy'],
    ['system-nodes', node, 'GET', '/api/v1/pods'],
    ['kube-controller-manager', signedIn('system:kube-controller-manager'), 'GET', '/version'],
    ['kube-scheduler', signedIn('system:kube-scheduler'), 'GET', '/api/v1/pods'],
    ['service-accounts', account('kube-systems', 'a'), 'GET', '/api/v1/pods'],
    ['global-default', signedIn('joe'), 'POST', '/api/v1/namespaces/a/pods'],
  ])('%s', (wanted, user, method, path) => {
    expect(classify(user, method, path)).toBe(wanted);
  });

  it('takes cluster-scoped requests and namespaces only where a rule names them', () => {
    const schema = (rule: object): FlowSchema =>
      ({
        metadata: { name: 'x' },
        spec: {
          priorityLevelConfiguration: { name: 'y' },
          rules: [{ subjects: [{ kind: 'User', user: { name: '*' } }], resourceRules: [rule] }],
        },
      }) as unknown as FlowSchema;
    const rule = { verbs: ['get'], apiGroups: [''], resources: ['pods', 'pods/log'], namespaces: ['a'] };
    const matches = (one: object, path: string): boolean =>
      flowSchemaMatcher(schema(one))(
        signedIn('joe'),
        parseRequest('GET', path, new URLSearchParams()).attributes,
      );
    expect(matches(rule, '/api/v1/namespaces/a/pods/p')).toBe(true);
    expect(matches(rule, '/api/v1/namespaces/a/pods/p/log')).toBe(true);
    expect(matches(rule, '/api/v1/namespaces/a/pods/p/status')).toBe(false);
    expect(matches(rule, '/api/v1/namespaces/b/pods/p')).toBe(false);
    const nodes = { verbs: ['get'], apiGroups: [''], resources: ['nodes'], namespaces: ['*'] };
    expect(matches(nodes, '/api/v1/nodes/n')).toBe(false);
    expect(matches({ ...nodes, clusterScope: true }, '/api/v1/nodes/n')).toBe(true);
  });

  it('tells flows apart by what the schema says', () => {
    const by = (type: string | undefined): FlowSchema =>
      ({ spec: { distinguisherMethod: type === undefined ? undefined : { type } } }) as unknown as FlowSchema;
    const { attributes } = parseRequest('GET', '/api/v1/namespaces/a/pods', new URLSearchParams());
    expect(flowDistinguisher(by('ByUser'), signedIn('joe'), attributes)).toBe('joe');
    expect(flowDistinguisher(by('ByNamespace'), signedIn('joe'), attributes)).toBe('a');
    expect(flowDistinguisher(by(undefined), signedIn('joe'), attributes)).toBe('');
  });
});
