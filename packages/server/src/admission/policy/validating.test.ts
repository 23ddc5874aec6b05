import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { processInstruments } from '../../operations/instruments.ts';
import { type PolicyServer, startPolicyServer } from './testing.ts';

let api: PolicyServer;

beforeAll(async () => {
  api = await startPolicyServer((_user, { verb, resource, subresource, namespace, name }) => ({
    allowed: verb !== 'fly',
    reason: `${verb} ${namespace}/${resource}/${subresource}/${name}`,
  }));
});
afterAll(() => api.close());
beforeEach(() => api.reset());

describe('validations', () => {
  it('refuse with the text and code of the original', async () => {
    await api.policy('Validating', 'p', { validations: [{ expression: "object.data.k == 'v'" }] });
    const { status, body } = await api.configMap('x', { data: { k: 'w' } });
    const message =
      "ValidatingAdmissionPolicy 'p' with binding 'p' denied request: failed expression: object.data.k == 'v'";
    expect(status).toBe(422);
    expect(body).toMatchObject({
      status: 'Failure',
      message: `configmaps "x" is forbidden: ${message}`,
      reason: 'Invalid',
      details: { name: 'x', kind: 'configmaps', causes: [{ message }] },
      code: 422,
    });
    expect((await api.configMap('x', { data: { k: 'v' } })).status).toBe(201);
  });

  it('have reasons and messages of their own', async () => {
    await api.policy('Validating', 'p', {
      validations: [
        { expression: '!has(object.data.a)', message: ' no a ', reason: 'Forbidden' },
        { expression: '!has(object.data.b)', messageExpression: "'b is ' + object.data.b", message: 'no b' },
        {
          expression: '!has(object.data.c)',
          messageExpression: "'c ' + object.data.missing",
          message: 'no c',
        },
      ],
    });
    const denied = async (data: object) => {
      const { body } = await api.configMap('x', { data });
      return [body.code, body.reason, String(body.message).split('denied request: ')[1]];
    };
    expect(await denied({ a: '' })).toEqual([403, 'Forbidden', 'no a']);
    expect(await denied({ b: 'here' })).toEqual([422, 'Invalid', 'b is here']);
    expect(await denied({ c: '' })).toEqual([422, 'Invalid', 'no c']);
  });

  it('are counted by what was done about them', async () => {
    const counted = (name: string) =>
      [
        ...processInstruments
          .text()
          .matchAll(/check_total\{policy="(.*?)".*?error_type="(.*?)".*?action="(.*?)"\} (\d+)/g),
      ]
        .filter(([, policy]) => policy === name)
        .map(([, , ...rest]) => rest.join(' '));
    const validations = [{ expression: "object.data.k == 'v'" }];
    await api.policy('Validating', 'counts', { validations }, { validationActions: ['Deny', 'Audit'] });
    await api.policy('Validating', 'lenient', { validations, failurePolicy: 'Ignore' });
    await api.configMap('x', { data: { k: 'v' } });
    expect(counted('counts')).toEqual([]);
    await api.configMap('y');
    expect(counted('counts')).toEqual(['invalid_error deny 1', 'invalid_error audit 1']);
    expect(counted('lenient')).toEqual(['invalid_error allow 1']);
  });

  it('warn and are recorded as the binding says', async () => {
    await api.policy(
      'Validating',
      'p',
      { validations: [{ expression: 'true' }, { expression: 'false', message: 'never' }] },
      { validationActions: ['Warn', 'Audit'] },
    );
    const { status, headers } = await api.configMap('x');
    expect(status).toBe(201);
    expect(String(headers.warning)).toContain(
      "Validation failed for ValidatingAdmissionPolicy 'p' with binding 'p': never",
    );
    expect(
      JSON.parse(api.annotations.get('validation.policy.admission.k8s.io/validation_failure') ?? ''),
    ).toEqual([
      {
        message: 'never',
        policy: 'p',
        binding: 'p',
        expressionIndex: 1,
        validationActions: ['Warn', 'Audit'],
      },
    ]);
  });

  it('fail as the failure policy says', async () => {
    const validations = [{ expression: 'object.data.missing == 1' }];
    await api.policy('Validating', 'p', { validations });
    expect((await api.configMap('x', { data: { a: '' } })).body.message).toBe(
      `configmaps "x" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p' denied request: ` +
        `expression 'object.data.missing == 1' resulted in error: no such key: missing`,
    );
    await api.reset();
    await api.policy('Validating', 'p', { validations, failurePolicy: 'Ignore' });
    expect((await api.configMap('x')).status).toBe(201);
  });

  it('stop at the budget', async () => {
    const loop = 'lists.range(200).all(a, lists.range(200).all(b, a + b >= 0))';
    await api.policy('Validating', 'p', {
      validations: Array.from({ length: 40 }, () => ({ expression: loop })),
    });
    expect((await api.configMap('x')).body.message).toContain(
      'validation failed due to running out of cost budget, no further validation rules will be run',
    );
  });
});

describe('expressions', () => {
  it('see request, old object, namespace and authorizer', async () => {
    const validations = [
      "request.operation == 'CREATE' ? oldObject == null : oldObject.data.k == '1'",
      "request.name == 'x' && request.namespace == 'default' && request.userInfo.username == 'admin'",
      "request.resource.resource == 'configmaps' && request.kind.kind == 'ConfigMap' && !request.dryRun",
      "namespaceObject.metadata.name == 'default' && namespaceObject.status.phase == 'Active'",
      "authorizer.group('').resource('pods').namespace('a').check('get').reason() == 'get a/pods//'",
      "!authorizer.path('/x').check('fly').allowed()",
      "authorizer.requestResource.check('y').reason() == 'y default/configmaps//x'",
    ].map((expression) => ({ expression }));
    await api.policy('Validating', 'p', { validations });
    const created = await api.configMap('x', { data: { k: '1' } });
    expect([created.status, created.body.message]).toEqual([201, undefined]);
    const updated = await api.call('PATCH', '/api/v1/namespaces/default/configmaps/x', {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { data: { k: '2' } },
    });
    expect([updated.status, updated.body.message]).toEqual([200, undefined]);
  });

  it('use variables, which are only evaluated when they are asked for', async () => {
    await api.policy('Validating', 'p', {
      variables: [
        { name: 'count', expression: 'size(object.data)' },
        { name: 'isOdd', expression: 'variables.count % 2 == 1' },
        { name: 'broken', expression: "object.data.missing + ''" },
        { name: 'memory', expression: "quantity('1Gi')" },
      ],
      validations: [
        { expression: 'variables.isOdd', messageExpression: "'even: ' + string(variables.count)" },
        { expression: "variables.count < 3 || variables.broken == ''" },
        { expression: "variables.memory.isGreaterThan(quantity('1M'))" },
      ],
    });
    expect((await api.configMap('x', { data: { a: '' } })).status).toBe(201);
    expect((await api.configMap('y', { data: { a: '', b: '' } })).body.message).toContain(
      'denied request: even: 2',
    );
    expect((await api.configMap('z', { data: { a: '', b: '', c: '' } })).body.message).toContain(
      `resulted in error: composited variable "broken" fails to evaluate: no such key: missing`,
    );
  });

  it('leave out requests for which a match condition does not hold', async () => {
    await api.policy('Validating', 'p', {
      matchConditions: [{ name: 'named', expression: "object.metadata.name.startsWith('x')" }],
      validations: [{ expression: 'false' }],
    });
    expect((await api.configMap('a')).status).toBe(201);
    expect((await api.configMap('x')).status).toBe(422);
  });

  it('make audit annotations', async () => {
    await api.policy('Validating', 'p', {
      auditAnnotations: [
        { key: 'name', valueExpression: "'is ' + object.metadata.name" },
        { key: 'none', valueExpression: 'null' },
      ],
    });
    await api.configMap('x');
    expect([...api.annotations]).toEqual([['p/name', 'is x']]);
  });

  it('are refused with the policy when they are wrong', async () => {
    const { status, body } = await api.call(
      'POST',
      '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies',
      {
        body: {
          metadata: { name: 'p' },
          spec: {
            matchConstraints: {
              resourceRules: [
                { operations: ['*'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] },
              ],
            },
            validations: [{ expression: 'object.x +' }, { expression: '1 + 1' }, { expression: 'foo > 1' }],
          },
        },
      },
    );
    expect(status).toBe(422);
    expect(body.message).toContain(
      'spec.validations[0].expression: Invalid value: "object.x +": compilation failed: ERROR: <input>:1:11: Syntax error',
    );
    expect(body.message).toContain(
      'spec.validations[1].expression: Invalid value: "1 + 1": must evaluate to bool but got int',
    );
    expect(body.message).toContain("undeclared reference to 'foo' (in container '')\n | foo > 1\n | ^");
  });
});

describe('parameters', () => {
  const spec = {
    paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
    matchConditions: [{ name: 'not-params', expression: '!has(object.metadata.labels)' }],
    validations: [{ expression: 'size(object.data) <= int(params.data.max)' }],
  };
  const params = (name: string, max: string) =>
    api.configMap(name, { metadata: { name, labels: { limit: 'yes' } }, data: { max } });

  it('are found by name, and denied when they are missing', async () => {
    await api.policy('Validating', 'p', spec, {
      paramRef: { name: 'limits', parameterNotFoundAction: 'Deny' },
    });
    expect((await api.configMap('x', { data: { a: '' } })).body.message).toContain(
      "ValidatingAdmissionPolicy 'p' with binding 'p' denied request: failed to configure binding: " +
        'no params found for policy binding with `Deny` parameterNotFoundAction',
    );
  });

  it('are found by selector, and each must be satisfied', async () => {
    await params('first', '1');
    await params('second', '2');
    await api.policy('Validating', 'p', spec, {
      paramRef: { selector: { matchLabels: { limit: 'yes' } }, parameterNotFoundAction: 'Allow' },
    });
    expect((await api.configMap('x', { data: { a: '' } })).status).toBe(201);
    expect((await api.configMap('y', { data: { a: '', b: '' } })).status).toBe(422);
    await api.call('DELETE', '/api/v1/namespaces/default/configmaps/first');
    expect((await api.configMap('y', { data: { a: '', b: '' } })).status).toBe(201);
  });

  it('of unknown kinds deny', async () => {
    await api.policy(
      'Validating',
      'p',
      { paramKind: { apiVersion: 'a.example/v1', kind: 'B' }, validations: [{ expression: 'true' }] },
      { paramRef: { name: 'x', parameterNotFoundAction: 'Deny' } },
    );
    expect((await api.configMap('x')).body.message).toContain(
      "ValidatingAdmissionPolicy 'p' denied request: failed to configure policy: " +
        "failed to find resource referenced by paramKind: 'a.example/v1, Kind=B'",
    );
  });
});

it('policies that configure admission are never refused by one', async () => {
  const matchConstraints = {
    resourceRules: [{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'] }],
  };
  await api.policy('Validating', 'p', { matchConstraints, validations: [{ expression: 'false' }] });
  expect((await api.configMap('x')).status).toBe(422);
  await api.policy('Validating', 'q', { validations: [{ expression: 'true' }] });
});

it('bindings narrow what policies match', async () => {
  await api.policy(
    'Validating',
    'p',
    { validations: [{ expression: 'false' }] },
    { matchResources: { objectSelector: { matchLabels: { strict: 'yes' } } } },
  );
  expect((await api.configMap('x')).status).toBe(201);
  expect((await api.configMap('y', { metadata: { name: 'y', labels: { strict: 'yes' } } })).status).toBe(422);
});
