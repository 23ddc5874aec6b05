import { createEnvironment } from '@gantry/cel/environment';
import type { CelEnvironment, CelField, CelType, CelVariable } from '@gantry/cel/port';
import { formatIssues } from '@gantry/cel/syntax/source';

/**
 * What expressions of webhooks and admission policies may refer to.
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-expression
 */

const STRING: CelType = { kind: 'string' };
const DYN: CelType = { kind: 'dyn' };
const TIME: CelType = { kind: 'timestamp' };
const INT: CelType = { kind: 'int' };
const BOOL: CelType = { kind: 'bool' };
const listOf = (element: CelType): CelType => ({ kind: 'list', element });
const mapOf = (value: CelType): CelType => ({ kind: 'map', key: STRING, value });

function objectType(name: string, types: Readonly<Record<string, CelType>>): CelType {
  const fields = new Map<string, CelField>(Object.entries(types).map(([field, type]) => [field, { type }]));
  return { kind: 'object', name, fields: () => fields };
}

const kindNames = objectType('kubernetes.GroupVersionKind', {
  group: STRING,
  version: STRING,
  kind: STRING,
});

const resourceNames = objectType('kubernetes.GroupVersionResource', {
  group: STRING,
  version: STRING,
  resource: STRING,
});

const requestType = objectType('kubernetes.AdmissionRequest', {
  kind: kindNames,
  resource: resourceNames,
  subResource: STRING,
  requestKind: kindNames,
  requestResource: resourceNames,
  requestSubResource: STRING,
  name: STRING,
  namespace: STRING,
  operation: STRING,
  userInfo: objectType('kubernetes.UserInfo', {
    username: STRING,
    uid: STRING,
    groups: listOf(STRING),
    extra: mapOf(listOf(STRING)),
  }),
  dryRun: BOOL,
  options: DYN,
});

const namespaceType = objectType('kubernetes.Namespace', {
  metadata: objectType('kubernetes.NamespaceMetadata', {
    name: STRING,
    generateName: STRING,
    namespace: STRING,
    labels: mapOf(STRING),
    annotations: mapOf(STRING),
    UID: STRING,
    creationTimestamp: TIME,
    deletionGracePeriodSeconds: INT,
    deletionTimestamp: TIME,
    generation: INT,
    resourceVersion: STRING,
    finalizers: listOf(STRING),
  }),
  spec: objectType('kubernetes.NamespaceSpec', { finalizers: listOf(STRING) }),
  status: objectType('kubernetes.NamespaceStatus', {
    conditions: listOf(
      objectType('kubernetes.NamespaceCondition', {
        status: STRING,
        type: STRING,
        lastTransitionTime: TIME,
        message: STRING,
        reason: STRING,
      }),
    ),
    phase: STRING,
  }),
});

/** Of every expression about a request. */
export const requestVariables: readonly CelVariable[] = [
  { name: 'object', type: DYN },
  { name: 'oldObject', type: DYN },
  { name: 'request', type: requestType },
  { name: 'namespaceObject', type: namespaceType },
];

/** Of match conditions and validations: who may do what. */
export const authorizerVariables: readonly CelVariable[] = [
  { name: 'authorizer', type: { kind: 'opaque', name: 'kubernetes.authorization.Authorizer' } },
  {
    name: 'authorizer.requestResource',
    type: { kind: 'opaque', name: 'kubernetes.authorization.ResourceCheck' },
  },
];

/** Of policies with parameters. */
export const paramsVariable: CelVariable = { name: 'params', type: DYN };

let conditions: CelEnvironment | undefined;

/** For match conditions of webhooks, and of policies without parameters. */
export function conditionEnvironment(): CelEnvironment {
  conditions ??= createEnvironment([...requestVariables, ...authorizerVariables]);
  return conditions;
}

/** Why an expression is no condition; undefined when it is one. */
export function conditionFault(environment: CelEnvironment, expression: string): string | undefined {
  const compiled = environment.compile(expression);
  if (!compiled.ok) return `compilation failed: ${formatIssues(expression, compiled.issues)}`;
  const { kind } = compiled.program.resultType;
  return kind === 'bool' ? undefined : `must evaluate to bool but got ${kind}`;
}
