import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiProcess, type Outcome, startApiProcess } from './testing/api-process.ts';

let api: ApiProcess;

beforeAll(async () => {
  api = await startApiProcess(() => []);
});
afterAll(() => api?.stop());

const kubectl = (args: string, input?: string): Promise<Outcome> =>
  api.kubectl(args.split(' '), input === undefined ? {} : { input });

const manifest = (replicas: number, field = 'replicas') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: demo}
spec:
  ${field}: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
`;

describe('kubectl', () => {
  it('creates, reads, changes and deletes', async () => {
    expect((await kubectl('create namespace demo')).out).toContain('namespace/demo created');
    expect((await kubectl('-n demo create configmap a --from-literal=x=1')).out).toContain('created');
    expect((await kubectl('-n demo get configmap a -o jsonpath={.data.x}')).out).toBe('1');
    expect((await kubectl('-n demo label configmap a tier=one')).out).toContain('labeled');
    expect((await kubectl('-n demo get configmaps -l tier=one')).out).toMatch(/NAME +DATA +AGE\na +1 /);
    expect((await kubectl('-n demo delete configmap a')).out).toContain('deleted');
    expect((await kubectl('-n demo get configmap a')).out).toContain('configmaps "a" not found');
  });

  it('applies from the client and from the server', async () => {
    expect((await kubectl('apply -f -', manifest(1))).out).toContain('deployment.apps/web created');
    expect((await kubectl('apply -f -', manifest(1))).out).toContain('unchanged');
    expect((await kubectl('apply -f -', manifest(2))).out).toContain('configured');
    expect((await kubectl('apply --server-side -f -', manifest(2))).out).toContain('serverside-applied');
    expect((await kubectl('diff -f -', manifest(2))).code).toBe(0);
    const bad = await kubectl('apply -f -', manifest(2, 'replicaz'));
    expect([bad.code, bad.out]).toEqual([1, expect.stringContaining('unknown field "spec.replicaz"')]);
    expect((await kubectl('-n demo scale deployment web --replicas=3')).out).toContain('scaled');
    expect((await kubectl('-n demo get deployment web -o jsonpath={.spec.replicas}')).out).toBe('3');
  });

  it('knows its rights, kinds and their fields', async () => {
    expect((await kubectl('auth whoami')).out).toContain('tester');
    expect((await kubectl('auth can-i create pods')).out).toContain('yes');
    expect((await kubectl('auth can-i create pods --as=nobody')).out).toContain('no');
    const denied = await kubectl('get secrets -n demo --as=nobody');
    expect(denied.out).toContain(
      'secrets is forbidden: User "nobody" cannot list resource "secrets" in API group "" in the namespace "demo"',
    );
    expect((await kubectl('explain deployment.spec.replicas')).out).toContain('FIELD: replicas <integer>');
    expect((await kubectl('api-resources --namespaced=false -o name')).out).toContain('clusterroles.rbac');
    expect((await kubectl('get --raw /readyz')).out).toBe('ok');
  });

  it('sees what was written before the server was killed', async () => {
    await kubectl('-n demo create configmap kept --from-literal=x=1');
    await api.restart('SIGKILL');
    expect((await kubectl('-n demo get configmap kept -o name')).out).toContain('configmap/kept');
    expect((await kubectl('-n default get service kubernetes -o jsonpath={.spec.clusterIP}')).out).toBe(
      '10.96.0.1',
    );
  });
});
