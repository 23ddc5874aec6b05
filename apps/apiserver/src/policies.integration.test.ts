import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiProcess, type Outcome, startApiProcess } from './testing/api-process.ts';

/** What Kubernetes' documentation says about admission policies, with stock kubectl. */
let api: ApiProcess;
beforeAll(async () => {
  api = await startApiProcess(() => []);
});
afterAll(() => api?.stop());

const kubectl = (line: string, input?: string): Promise<Outcome> =>
  api.kubectl(line.split(' '), input === undefined ? {} : { input });

/** Policies take effect a moment after they were written. */
const whenOutput = (line: string, input: string | undefined, pattern: RegExp): Promise<string> =>
  vi.waitUntil(
    async () => {
      const { out } = await kubectl(line, input);
      return pattern.test(out) ? out : undefined;
    },
    { timeout: 20_000, interval: 100 },
  );

const replicas = (name: string, count: number, namespace = 'default'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  replicas: ${count}
  selector: {matchLabels: {app: x}}
  template: {metadata: {labels: {app: x}}, spec: {containers: [{name: c, image: x}]}}
`;

const binding = (kind: string, policy: string, spec: string, namespaceLabel: string): string => `
apiVersion: admissionregistration.k8s.io/v1
kind: ${kind}
metadata: {name: ${policy}-binding}
spec:
  policyName: ${policy}
  matchResources: {namespaceSelector: {matchLabels: {environment: ${namespaceLabel}}}}
  ${spec}
`;

const DEPLOYMENTS = `matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}]`;

const demoPolicy = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: demo-policy.example.com}
spec:
  failurePolicy: Fail
  ${DEPLOYMENTS}
  variables: [{name: limit, expression: "size(namespaceObject.metadata.name) > 0 ? 5 : 0"}]
  validations: [{expression: "object.spec.replicas <= variables.limit", messageExpression: "'at most ' + string(variables.limit)"}]
`;

describe('policies', () => {
  it('deny', async () => {
    await kubectl('create namespace tests');
    await kubectl('label namespace tests environment=test');
    expect((await kubectl('apply -f -', demoPolicy)).out).toContain('demo-policy.example.com created');
    const bound = binding(
      'ValidatingAdmissionPolicyBinding',
      'demo-policy.example.com',
      'validationActions: [Deny]',
      'test',
    );
    expect((await kubectl('apply -f -', bound)).code).toBe(0);
    const denied = await whenOutput(
      'create --dry-run=server -f -',
      replicas('big', 6, 'tests'),
      /denied request/,
    );
    expect(denied).toContain(
      `The deployments "big" is invalid: : ValidatingAdmissionPolicy 'demo-policy.example.com' ` +
        `with binding 'demo-policy.example.com-binding' denied request: at most 5`,
    );
    expect((await kubectl('create -f -', replicas('small', 5, 'tests'))).code).toBe(0);
    expect((await kubectl('create -f -', replicas('elsewhere', 6))).code).toBe(0);
    expect((await kubectl('patch -n tests deployment small -p {"spec":{"replicas":7}}')).out).toContain(
      'at most 5',
    );
    expect((await kubectl('scale -n tests deployment small --replicas=9')).out).toContain('scaled');
  });

  it('are listed and described', async () => {
    expect((await kubectl('get validatingadmissionpolicies')).out).toMatch(
      /^NAME +VALIDATIONS +PARAMKIND +AGE\ndemo-policy.example.com +1 +<unset> +\d+s\n$/,
    );
    expect((await kubectl('get validatingadmissionpolicybindings')).out).toMatch(
      /^NAME +POLICYNAME +PARAMREF +AGE\n\S+ +demo-policy.example.com +<unset> +\d+s\n$/,
    );
    expect((await kubectl('describe validatingadmissionpolicy demo-policy.example.com')).out).toMatch(
      /Message Expression: +'at most ' \+ string\(variables.limit\)/,
    );
    expect((await kubectl('explain mutatingadmissionpolicy.spec.mutations.applyConfiguration')).code).toBe(0);
  });

  it('warn', async () => {
    const policy = demoPolicy.replaceAll('demo-policy', 'warns').replace(/messageExpression: .*}/, '}');
    await kubectl('apply -f -', policy);
    await kubectl(
      'apply -f -',
      binding(
        'ValidatingAdmissionPolicyBinding',
        'warns.example.com',
        'validationActions: [Warn, Audit]',
        'w',
      ),
    );
    await kubectl('create namespace warned');
    await kubectl('label namespace warned environment=w');
    const out = await whenOutput('create --dry-run=server -f -', replicas('a', 6, 'warned'), /Warning/);
    expect(out).toContain(
      `Warning: Validation failed for ValidatingAdmissionPolicy 'warns.example.com' with binding ` +
        `'warns.example.com-binding': failed expression: object.spec.replicas <= variables.limit\n`,
    );
    expect(out).toContain('deployment.apps/a created (server dry run)');
  });

  it('take parameters of custom kinds', async () => {
    const schema =
      '{openAPIV3Schema: {type: object, properties: {maxReplicas: {type: integer}, why: {type: string}}}}';
    await kubectl(
      'apply -f -',
      `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: replicalimits.rules.example.com}
spec:
  group: rules.example.com
  scope: Namespaced
  names: {kind: ReplicaLimit, plural: replicalimits}
  versions: [{name: v1, served: true, storage: true, schema: ${schema}}]
`,
    );
    await kubectl('wait --for=condition=Established crd/replicalimits.rules.example.com');
    const limit = '---\n{apiVersion: rules.example.com/v1, kind: ReplicaLimit, metadata: {name: limit}, ';
    expect((await kubectl('create -f -', `${limit} maxReplicas: 3, why: "it costs"}`)).code).toBe(0);
    const policy = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: limits.example.com}
spec:
  paramKind: {apiVersion: rules.example.com/v1, kind: ReplicaLimit}
  ${DEPLOYMENTS}
  validations:
  - {expression: "object.spec.replicas <= params.maxReplicas", messageExpression: "string(params.why)", reason: Invalid}
`;
    expect((await kubectl('apply -f -', policy)).out).toContain('created');
    await kubectl('create namespace limited');
    await kubectl('label namespace limited environment=limited');
    const reference = 'paramRef: {name: limit, namespace: default, parameterNotFoundAction: Deny}';
    const bound = binding(
      'ValidatingAdmissionPolicyBinding',
      'limits.example.com',
      `validationActions: [Deny]\n  ${reference}`,
      'limited',
    );
    expect((await kubectl('apply -f -', bound)).out).toContain('created');
    const create = 'create --dry-run=server -f -';
    expect(await whenOutput(create, replicas('b', 4, 'limited'), /denied request/)).toContain(
      `with binding 'limits.example.com-binding' denied request: it costs`,
    );
    expect((await kubectl(create, replicas('b', 3, 'limited'))).code).toBe(0);
    await kubectl('delete replicalimits limit');
    expect(await whenOutput(create, replicas('b', 3, 'limited'), /no params/)).toContain(
      'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
    );
  });

  it('mutate', async () => {
    const policy = `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: {name: sidecar.example.com}
spec:
  failurePolicy: Fail
  reinvocationPolicy: IfNeeded
  matchConstraints:
    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
  matchConditions: [{name: not-yet, expression: "!object.spec.?initContainers.orValue([]).exists(c, c.name == 'mesh')"}]
  mutations:
  - patchType: ApplyConfiguration
    applyConfiguration:
      expression: >
        Object{spec: Object.spec{initContainers: [
          Object.spec.initContainers{name: "mesh", image: "mesh:v1", restartPolicy: "Always"}]}}
  - patchType: JSONPatch
    jsonPatch:
      expression: '[JSONPatch{op: "add", path: "/metadata/labels", value: {"example.com/" + object.metadata.name: "yes"}}]'
`;
    expect((await kubectl('apply -f -', policy)).out).toContain('created');
    const bound = binding('MutatingAdmissionPolicyBinding', 'sidecar.example.com', '', 'mesh');
    expect((await kubectl('apply -f -', bound)).out).toContain('created');
    await kubectl('create namespace mesh');
    await kubectl('label namespace mesh environment=mesh');
    const run =
      'run web -n mesh --image=web --dry-run=server -o jsonpath={.spec.initContainers[*].image}|{.metadata.labels}';
    expect(await whenOutput(run, undefined, /mesh:v1/)).toBe('mesh:v1|{"example.com/web":"yes"}');
  });

  it('must compile', async () => {
    const { out } = await kubectl('create -f -', demoPolicy.replace('<= variables.limit', '<= missing'));
    expect(out).toContain(
      'spec.validations[0].expression: Invalid value: "object.spec.replicas <= missing": compilation failed: ' +
        "ERROR: <input>:1:25: undeclared reference to 'missing' (in container '')\n" +
        ' | object.spec.replicas <= missing\n' +
        ' | ........................^',
    );
  });
});
