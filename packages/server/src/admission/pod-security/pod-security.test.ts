import { describe, expect, it } from 'vitest';
import { admit, FakeState, kindOf, namespace, pod, statusOf } from '../../auth/testing/fakes.ts';
import { createPodSecurity } from './plugin.ts';

const podSecurity = createPodSecurity();
const pods = kindOf('pods');
const at = (mode: string, level: string): FakeState =>
  new FakeState([namespace('ns', { [`pod-security.kubernetes.io/${mode}`]: level })]);
const refused = async (level: string, spec: object): Promise<string | undefined> =>
  (await statusOf(admit(podSecurity, pods, { object: pod('a', spec), state: at('enforce', level) }))).message;

const SAFE = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    { name: 'a', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
  ],
};

describe('PodSecurity', () => {
  it('says all that keeps an ordinary pod from the restricted level', async () => {
    expect(await refused('restricted', {})).toBe(
      'pods "a" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    );
    expect(await refused('restricted', SAFE)).toBe('');
    expect(await refused('baseline', {})).toBe('');
    expect(await refused('privileged', { hostNetwork: true })).toBe('');
  });

  it.each([
    [{ hostNetwork: true, hostPID: true }, 'host namespaces (hostNetwork=true, hostPID=true)'],
    [{ volumes: [{ name: 'h', hostPath: { path: '/' } }] }, 'hostPath volumes (volume "h")'],
    [
      {
        containers: [
          { name: 'a', securityContext: { privileged: true } },
          { name: 'b', securityContext: { privileged: true } },
        ],
      },
      'privileged (containers "a", "b" must not set securityContext.privileged=true)',
    ],
    [
      { containers: [{ name: 'a', ports: [{ containerPort: 1, hostPort: 80 }] }] },
      'hostPort (container "a" uses hostPort 80)',
    ],
    [
      { containers: [{ name: 'a', securityContext: { capabilities: { add: ['NET_ADMIN', 'CHOWN'] } } }] },
      'non-default capabilities (container "a" must not include "NET_ADMIN" in securityContext.capabilities.add)',
    ],
    [
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      'seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [
      { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
      'forbidden sysctls (kernel.msgmax)',
    ],
    [
      { containers: [{ name: 'a', securityContext: { seLinuxOptions: { type: 'spc_t', user: 'x' } } }] },
      'seLinuxOptions (container "a" set forbidden securityContext.seLinuxOptions: type "spc_t"; user may not be set)',
    ],
  ])('the baseline refuses %j', async (spec, text) => {
    expect(await refused('baseline', spec)).toBe(
      `pods "a" is forbidden: violates PodSecurity "baseline:latest": ${text}`,
    );
  });

  it('looks at init containers, and at volumes on the restricted level', async () => {
    const initContainers = [{ name: 'i', securityContext: { privileged: true } }];
    expect(await refused('restricted', { ...SAFE, initContainers })).toContain('privileged (container "i"');
    const volumes = [{ name: 'n', nfs: { server: 's', path: '/' } }];
    expect(await refused('restricted', { ...SAFE, volumes })).toContain(
      'restricted volume types (volume "n" uses restricted volume type "nfs")',
    );
  });

  it('warns about pods by the warn level, and about templates by the enforced one', async () => {
    const { warnings } = await admit(podSecurity, pods, {
      object: pod('a', { hostIPC: true }),
      state: at('warn', 'baseline'),
    });
    expect(warnings).toEqual(['would violate PodSecurity "baseline:latest": host namespaces (hostIPC=true)']);
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd' },
      spec: { template: { spec: { hostIPC: true, containers: [] } } },
    };
    const made = await admit(podSecurity, kindOf('deployments', 'apps'), {
      object,
      state: at('enforce', 'baseline'),
    });
    expect(made.warnings).toHaveLength(1);
  });

  it('leaves running pods alone until their images change', async () => {
    const old = pod('a', { hostIPC: true });
    const state = at('enforce', 'baseline');
    await admit(podSecurity, pods, {
      object: { ...old, metadata: { ...old.metadata, labels: { a: 'b' } } },
      old,
      state,
    });
    const object = pod('a', { hostIPC: true, containers: [{ name: 'a', image: 'other' }] });
    expect((await statusOf(admit(podSecurity, pods, { object, old, state }))).code).toBe(403);
  });

  it('checks the labels of a namespace and the pods that are in it', async () => {
    const namespaces = kindOf('namespaces');
    const bad = namespace('ns', { 'pod-security.kubernetes.io/enforce': 'strict' });
    expect((await statusOf(admit(podSecurity, namespaces, { object: bad }))).message).toBe(
      'Namespace "ns" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted',
    );
    const state = new FakeState([pod('b', { hostPID: true }), pod('a', { hostPID: true }), pod('c')]);
    const object = namespace('ns', { 'pod-security.kubernetes.io/enforce': 'baseline' });
    expect((await admit(podSecurity, namespaces, { object, old: namespace('ns'), state })).warnings).toEqual([
      'existing pods in namespace "ns" violate the new PodSecurity enforce level "baseline:latest"',
      'a (and 1 other pod): host namespaces',
    ]);
  });
});

describe('versions of the standards', () => {
  const inVersion = async (level: string, version: string, spec: object, meta: object = {}) =>
    (
      await statusOf(
        admit(podSecurity, pods, {
          object: pod('a', spec, meta),
          state: new FakeState([
            namespace('ns', {
              'pod-security.kubernetes.io/enforce': level,
              'pod-security.kubernetes.io/enforce-version': version,
            }),
          ]),
        }),
      )
    ).message ?? '';

  it('check what they checked then', async () => {
    const sysctl = { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } };
    expect(await inVersion('baseline', 'v1.31', sysctl)).toContain(
      'violates PodSecurity "baseline:v1.31": forbidden sysctls (net.ipv4.tcp_rmem)',
    );
    expect(await inVersion('baseline', 'v1.32', sysctl)).toBe('');
    expect(await inVersion('baseline', 'v1.99', sysctl)).toBe('');
    const probe = { containers: [{ name: 'a', livenessProbe: { httpGet: { host: 'x' } } }] };
    expect(await inVersion('baseline', 'v1.33', probe)).toBe('');
    expect(await inVersion('baseline', 'v1.34', probe)).toContain('probe or lifecycle host');
    const annotations = { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' };
    expect(await inVersion('baseline', 'v1.18', {}, { annotations })).toContain(
      'seccompProfile (forbidden annotation seccomp.security.alpha.kubernetes.io/pod="unconfined")',
    );
    expect(await inVersion('baseline', 'latest', {}, { annotations })).toBe('');
    expect(await inVersion('restricted', 'v1.7', {})).not.toContain('allowPrivilegeEscalation');
    const rooted = { ...SAFE, hostUsers: false, securityContext: { ...SAFE.securityContext, runAsUser: 0 } };
    expect(await inVersion('restricted', 'v1.34', rooted)).toContain('runAsUser=0');
    expect(await inVersion('restricted', 'v1.35', rooted)).toBe('');
  });
});

describe('exemptions and defaults', () => {
  const plugin = createPodSecurity({
    defaults: {
      enforce: { level: 'baseline', version: 'latest' },
      audit: { level: 'restricted', version: 'latest' },
      warn: { level: 'baseline', version: 'latest' },
    },
    exemptions: { usernames: ['alice'], namespaces: [], runtimeClasses: ['gvisor'] },
  });
  const bob = { name: 'bob', groups: [] };
  const state = new FakeState([namespace('ns', {})]);
  const message = async (spec: object, user: typeof bob) =>
    (await statusOf(admit(plugin, pods, { object: pod('a', spec), state, user }))).message;

  it('hold for namespaces without labels, and not for those named', async () => {
    expect(await message({ hostPID: true }, bob)).toContain('violates PodSecurity "baseline:latest"');
    expect(await message({ hostPID: true }, { ...bob, name: 'alice' })).toBe('');
    expect(await message({ hostPID: true, runtimeClassName: 'gvisor' }, bob)).toBe('');
  });
});
