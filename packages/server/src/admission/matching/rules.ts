import type { KindDefinition } from '@gantry/api/kind';
import type { AdmissionRequest } from '../../request.ts';

/** A rule of a webhook or policy, as it is stored. */
export interface Rule {
  readonly operations?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly resources?: readonly string[];
  readonly scope?: string;
  /** Policies only. */
  readonly resourceNames?: readonly string[];
}

/** What of a request rules look at. */
export interface RuleTarget {
  readonly operation: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
}

const has = (items: readonly string[] | undefined, wanted: string): boolean =>
  items?.some((item) => item === '*' || item === wanted) ?? false;

function fitsScope(scope: string | undefined, target: RuleTarget): boolean {
  if (scope === undefined || scope === '*') return true;
  // The namespace of a request for a Namespace is itself, though the kind belongs to the cluster.
  const isNamespace = target.group === '' && target.resource === 'namespaces';
  const clusterWide = isNamespace || target.namespace === '';
  return scope === 'Cluster' ? clusterWide : scope === 'Namespaced' && !clusterWide;
}

function fitsResource(resources: readonly string[] | undefined, target: RuleTarget): boolean {
  return (
    resources?.some((text) => {
      const slash = text.indexOf('/');
      const resource = slash < 0 ? text : text.slice(0, slash);
      const subresource = slash < 0 ? '' : text.slice(slash + 1);
      return (
        (resource === '*' || resource === target.resource) &&
        (subresource === '*' || subresource === target.subresource)
      );
    }) ?? false
  );
}

/** Whether a rule covers a request. `resourceNames`, where there are any, must hold the object's name. */
export function ruleCovers(rule: Rule, target: RuleTarget): boolean {
  return (
    fitsScope(rule.scope, target) &&
    has(rule.operations, target.operation) &&
    has(rule.apiGroups, target.group) &&
    has(rule.apiVersions, target.version) &&
    fitsResource(rule.resources, target) &&
    (rule.resourceNames === undefined ||
      rule.resourceNames.length === 0 ||
      rule.resourceNames.includes(target.name))
  );
}

const nameOfObject = (object: Readonly<Record<string, unknown>> | undefined): string =>
  (object?.metadata as { readonly name?: string } | undefined)?.name ?? '';

/** The name that webhooks and policies see: the URL's, or that of the object of a POST. */
export const requestName = (request: AdmissionRequest): string =>
  request.attributes.name || nameOfObject(request.object);

/** The namespace that webhooks and policies see; a Namespace is in itself. */
export function requestNamespace(request: AdmissionRequest): string {
  const { kind, attributes } = request;
  return kind.group === '' && kind.plural === 'namespaces' ? requestName(request) : attributes.namespace;
}

/** A request as rules see it, in the form of one of the kinds that its rows are served as. */
export const targetOf = (request: AdmissionRequest, kind: KindDefinition = request.kind): RuleTarget => ({
  operation: request.operation,
  group: kind.group,
  version: kind.version,
  resource: kind.plural,
  subresource: request.attributes.subresource,
  namespace: requestNamespace(request),
  name: requestName(request),
});

const EXEMPT = new Set([
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
]);

/** Objects that configure admission are never subject to what they configure: a bad one can always be mended. */
export const configuresAdmission = (kind: Pick<KindDefinition, 'group' | 'kind'>): boolean =>
  kind.group === 'admissionregistration.k8s.io' && EXEMPT.has(kind.kind);
