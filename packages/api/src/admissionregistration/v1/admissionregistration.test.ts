import { describe, expect, test } from 'vitest';
import { admitted, createErrors, updateErrors } from '../../testing/objects.ts';
import { mutatingAdmissionPolicy } from './mutating-admission-policy.ts';
import { validatingAdmissionPolicy } from './validating-admission-policy.ts';
import { validatingAdmissionPolicyBinding } from './validating-admission-policy-binding.ts';
import { validatingWebhookConfiguration } from './validating-webhook-configuration.ts';

const rule = { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] };
const hook = (change: object = {}) => ({
  name: 'a.example.com',
  rules: [rule],
  clientConfig: { url: 'https://hooks.example.com/a' },
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
  ...change,
});
const configuration = (...webhooks: object[]) => ({ metadata: { name: 'c' }, webhooks });

describe('webhook configurations', () => {
  test('defaults', () => {
    const { webhooks } = admitted(
      validatingWebhookConfiguration,
      configuration(hook({ clientConfig: { service: { name: 's', namespace: 'n' } } })),
    );
    expect(webhooks).toMatchObject([
      {
        failurePolicy: 'Fail',
        matchPolicy: 'Equivalent',
        namespaceSelector: {},
        objectSelector: {},
        timeoutSeconds: 10,
        rules: [{ scope: '*' }],
        clientConfig: { service: { port: 443 } },
      },
    ]);
  });

  test.each<[string, object, string]>([
    [
      'short name',
      { name: 'a.b' },
      'webhooks[0].name: Invalid value: "a.b": should be a domain with at least three segments separated by dots',
    ],
    [
      'side effects',
      { sideEffects: 'Some' },
      'webhooks[0].sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"',
    ],
    [
      'timeout',
      { timeoutSeconds: 31 },
      'webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds',
    ],
    [
      'no client',
      { clientConfig: {} },
      'webhooks[0].clientConfig: Required value: exactly one of url or service is required',
    ],
    [
      'plain http',
      { clientConfig: { url: 'http://a/b' } },
      'webhooks[0].clientConfig.url: Invalid value: "http": \'https\' is the only allowed URL scheme; desired format: https://host[/path]',
    ],
    [
      'query',
      { clientConfig: { url: 'https://a/b?c=d' } },
      'webhooks[0].clientConfig.url: Invalid value: "c=d": query parameters are not permitted in the URL',
    ],
    [
      'path of a service',
      { clientConfig: { service: { name: 's', namespace: 'n', path: '/a//b' } } },
      'webhooks[0].clientConfig.service.path: Invalid value: "/a//b": segment[1] may not be empty',
    ],
    [
      'wildcard beside others',
      { rules: [{ ...rule, resources: ['pods/*', 'pods/log'] }] },
      'webhooks[0].rules[0].resources[1]: Invalid value: "pods/log": if \'pods/*\' is present, must not specify pods/log',
    ],
    [
      'review version',
      { admissionReviewVersions: ['v2'] },
      'webhooks[0].admissionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1',
    ],
  ])('%s', (_name, change, message) => {
    expect(createErrors(validatingWebhookConfiguration, configuration(hook(change)))).toEqual([message]);
  });

  test('names are unique, but two of one name from before may stay', () => {
    const twice = configuration(hook(), hook());
    expect(createErrors(validatingWebhookConfiguration, twice)).toEqual([
      'webhooks[1].name: Duplicate value: "a.example.com"',
    ]);
    expect(updateErrors(validatingWebhookConfiguration, twice, twice)).toEqual([]);
  });
});

const policy = (spec: object = {}) => ({
  metadata: { name: 'p' },
  spec: { matchConstraints: { resourceRules: [rule] }, validations: [{ expression: 'true' }], ...spec },
});

describe('policies', () => {
  test('defaults', () => {
    const { spec } = admitted(validatingAdmissionPolicy, policy());
    expect(spec).toMatchObject({
      failurePolicy: 'Fail',
      matchConstraints: {
        matchPolicy: 'Equivalent',
        namespaceSelector: {},
        objectSelector: {},
        resourceRules: [{ scope: '*' }],
      },
    });
  });

  test.each<[string, object, string[]]>([
    [
      'nothing to check',
      { validations: [] },
      [
        'spec.validations: Required value: validations or auditAnnotations must contain at least one item',
        'spec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item',
      ],
    ],
    [
      'param kind',
      { paramKind: { apiVersion: 'a/b/c', kind: 'K!' } },
      [
        'spec.paramKind.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
        expect.stringContaining(
          'spec.paramKind.kind: Invalid value: "K!": may have mixed case, but should otherwise match: a DNS-1035 label',
        ),
      ],
    ],
    [
      'variable',
      { variables: [{ name: 'in', expression: '1' }] },
      ['spec.variables[0].name: Invalid value: "in": must be a valid CEL identifier'],
    ],
    [
      'audit annotations',
      { auditAnnotations: [{ key: 'k', valueExpression: ' ' }] },
      ['spec.auditAnnotations[0].valueExpression: Required value: valueExpression is not specified'],
    ],
  ])('%s', (_name, spec, errors) => {
    expect(createErrors(validatingAdmissionPolicy, policy(spec))).toEqual(errors);
  });

  test('a mutating policy patches, and never a delete', () => {
    const spec = {
      matchConstraints: { resourceRules: [{ ...rule, operations: ['DELETE'] }] },
      mutations: [{ patchType: 'JSONPatch', applyConfiguration: { expression: 'x' } }],
    };
    expect(createErrors(mutatingAdmissionPolicy, { metadata: { name: 'p' }, spec })).toEqual([
      'spec.matchConstraints.resourceRules.operations: Unsupported value: "DELETE": supported values: "*", "CONNECT", "CREATE", "UPDATE"',
      'spec.mutations[0].jsonPatch: Required value: must be specified when patchType is JSONPatch',
      'spec.mutations[0].applyConfiguration: Invalid value: "{applyConfiguration}": must not be specified when patchType is JSONPatch',
      'spec.reinvocationPolicy: Required value',
    ]);
  });

  test('bindings', () => {
    const errors = createErrors(validatingAdmissionPolicyBinding, {
      metadata: { name: 'b' },
      spec: { policyName: 'p', paramRef: { name: 'n', selector: {} }, validationActions: ['Deny', 'Warn'] },
    });
    expect(errors).toEqual([
      'spec.paramRef.name: Forbidden: name and selector are mutually exclusive',
      'spec.paramRef.selector: Forbidden: name and selector are mutually exclusive',
      'spec.paramRef.parameterNotFoundAction: Required value',
      'spec.validationActions: Invalid value: ["Deny","Warn"]: must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)',
    ]);
  });
});
