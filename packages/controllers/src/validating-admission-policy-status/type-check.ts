import { structCelType } from '@gantry/api/admissionregistration/v1/kind-cel-types';
import {
  type PolicyExpressionOptions,
  PolicyExpressions,
} from '@gantry/api/admissionregistration/v1/policy-expressions';
import type { JsonSchema } from '@gantry/api/apiextensions/v1/definition';
import { declaredType } from '@gantry/api/apiextensions/v1/schema/cel-types';
import type {
  CustomResourceDefinition,
  ExpressionWarning,
  ValidatingAdmissionPolicy,
} from '@gantry/api/generated/types';
import { builtinKinds } from '@gantry/api/kinds';

type CelType = NonNullable<PolicyExpressionOptions['types']>[string];

/** A kind that a policy is about. */
interface CheckedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly type: CelType;
}

/** Most kinds that one policy is checked against. */
const MAX_KINDS = 10;

/** The kinds that are served, with their types. */
export class KindTypes {
  readonly #byResource = new Map<string, CheckedKind>();
  readonly #byKind = new Map<string, CheckedKind>();

  constructor(definitions: readonly CustomResourceDefinition[]) {
    for (const { group, version, kind, plural, type } of builtinKinds)
      this.#add(plural, { group, version, kind, type: structCelType(type) });
    for (const { spec } of definitions)
      for (const { name, served, schema } of spec.versions) {
        const root = schema?.openAPIV3Schema as JsonSchema | undefined;
        const type = served && root !== undefined ? declaredType(root, true)?.type : undefined;
        const { kind, plural } = spec.names;
        if (type !== undefined) this.#add(plural, { group: spec.group, version: name, kind, type });
      }
  }

  #add(plural: string, kind: CheckedKind): void {
    this.#byResource.set(`${kind.group}/${kind.version}/${plural}`, kind);
    this.#byKind.set(`${kind.group}/${kind.version}/${kind.kind}`, kind);
  }

  ofResource(group: string, version: string, plural: string): CheckedKind | undefined {
    return this.#byResource.get(`${group}/${version}/${plural}`);
  }

  ofKind(apiVersion: string, kind: string): CheckedKind | undefined {
    return this.#byKind.get(`${apiVersion.includes('/') ? '' : '/'}${apiVersion}/${kind}`);
  }
}

/** The kinds that the rules name one by one; wildcards are not followed. */
function kindsOf({ spec }: ValidatingAdmissionPolicy, types: KindTypes): CheckedKind[] {
  const found = new Set<CheckedKind>();
  for (const { apiGroups = [], apiVersions = [], resources = [] } of spec.matchConstraints?.resourceRules ??
    []) {
    if ([...apiGroups, ...apiVersions].some((name) => name.includes('*'))) continue;
    const plain = resources.filter((name) => !/[*/]/.test(name));
    for (const group of [...apiGroups].sort())
      for (const version of [...apiVersions].sort())
        for (const resource of plain.sort()) {
          const kind = types.ofResource(group, version, resource);
          if (kind !== undefined && found.size < MAX_KINDS) found.add(kind);
        }
  }
  return [...found].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

const sortKey = ({ group, version, kind }: CheckedKind): string => [group, version, kind].join('\0');

/**
 * What would be wrong with the expressions of a policy for the kinds that it is about, whose types are not known when it
 * is stored. https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#type-checking
 */
export function expressionWarnings(policy: ValidatingAdmissionPolicy, types: KindTypes): ExpressionWarning[] {
  const { variables, paramKind, validations = [] } = policy.spec;
  const params = types.ofKind(paramKind?.apiVersion ?? '', paramKind?.kind ?? '')?.type;
  const checks = kindsOf(policy, types).map(({ group, version, kind, type }) => ({
    name: `${group}/${version}, Kind=${kind}`,
    expressions: new PolicyExpressions({
      hasParams: paramKind !== undefined,
      variables: variables ?? [],
      types: { object: type, oldObject: type, ...(params === undefined ? {} : { params }) },
    }),
  }));
  const warningOf = (expression: string): string =>
    checks
      .flatMap(({ name, expressions }) => {
        const issues = expressions.issuesOf(expression);
        return issues === undefined ? [] : [`${name}: ${issues}\n`];
      })
      .join('\n');
  return validations.flatMap(({ expression, messageExpression }, index) =>
    Object.entries({ expression, messageExpression }).flatMap(([field, text]) => {
      const warning = text ? warningOf(text) : '';
      return warning === '' ? [] : [{ fieldRef: `spec.validations[${index}].${field}`, warning }];
    }),
  );
}
