import type { PolicyRule } from '@gantry/api/generated/types';
import { parseFieldSelector, requiredFieldValue } from '@gantry/machinery/field-selector';
import type { Authorizer, Decision, RequestAttributes } from '../../request.ts';
import { nodeOf } from '../users.ts';
import type { NodeGraph, VertexType } from './node-graph.ts';
import { ruleAllows } from './rules.ts';

const ALLOW: Decision = Object.freeze({ allowed: true, reason: '' });
const deny = (reason: string): Decision => ({ allowed: false, reason });
const NO_OPINION = deny('');
const READ = new Set(['get', 'list', 'watch']);
const OWN_OBJECT_VERBS = new Set(['get', 'create', 'update', 'patch', 'delete']);

/** The value that a field selector demands of a field by equality; undefined when it can't be read. */
function selected(selector: string | undefined, field: string): string | undefined {
  if (selector === undefined || selector === '') return undefined;
  try {
    return requiredFieldValue(parseFieldSelector(selector), field);
  } catch {
    return undefined;
  }
}

/** Name of the one object that a request is about; a list may name it by its selector. */
const nameOf = ({ name, fieldSelector }: RequestAttributes): string =>
  name === '' ? (selected(fieldSelector, 'metadata.name') ?? '') : name;

/**
 * What a node may do: all that its pods need, and nothing of other nodes. What a request's body says is NodeRestriction's to check.
 * https://kubernetes.io/docs/reference/access-authn-authz/node/
 */
export function createNodeAuthorizer(graph: NodeGraph, nodeRules: readonly PolicyRule[]): Authorizer {
  const related = (node: string, type: VertexType, attributes: RequestAttributes): Decision => {
    const name = nameOf(attributes);
    if (name === '') return deny('No Object name found');
    return graph.leads(node, type, attributes.namespace, name)
      ? ALLOW
      : deny(`no relationship found between node '${node}' and this object`);
  };

  const read = (node: string, type: VertexType, attributes: RequestAttributes): Decision => {
    if (!READ.has(attributes.verb)) return deny('can only read resources of this type');
    if (attributes.subresource !== '') return deny('cannot read subresource');
    if (attributes.namespace === '') return deny('can only read namespaced object of this type');
    return related(node, type, attributes);
  };

  const getOnly = (node: string, type: VertexType, attributes: RequestAttributes): Decision => {
    if (attributes.verb !== 'get') return deny('can only get individual resources of this type');
    if (attributes.subresource !== '') return deny('cannot get subresource');
    return related(node, type, attributes);
  };

  const claim = (node: string, attributes: RequestAttributes): Decision => {
    if (attributes.subresource !== 'status') return getOnly(node, 'persistentvolumeclaims', attributes);
    return attributes.verb === 'update' || attributes.verb === 'patch'
      ? related(node, 'persistentvolumeclaims', attributes)
      : deny('can only get/update/patch this type');
  };

  const serviceAccount = (node: string, attributes: RequestAttributes): Decision => {
    if (attributes.verb === 'get' && attributes.subresource === '')
      return read(node, 'serviceaccounts', attributes);
    if (attributes.verb !== 'create' || attributes.name === '') {
      return deny('can only create tokens for individual service accounts');
    }
    if (attributes.subresource !== 'token')
      return deny('can only create token subresource of serviceaccount');
    return related(node, 'serviceaccounts', attributes);
  };

  const ownLease = (node: string, { verb, namespace, name }: RequestAttributes): Decision => {
    if (!OWN_OBJECT_VERBS.has(verb))
      return deny('can only get, create, update, patch, or delete a node lease');
    if (namespace !== 'kube-node-lease')
      return deny('can only access leases in the "kube-node-lease" system namespace');
    return verb === 'create' || name === node
      ? ALLOW
      : deny('can only access node lease with the same name as the requesting node');
  };

  const ownCsiNode = (node: string, { verb, subresource, name }: RequestAttributes): Decision => {
    if (!OWN_OBJECT_VERBS.has(verb)) return deny('can only get, create, update, patch, or delete a CSINode');
    if (subresource !== '') return deny('cannot authorize CSINode subresources');
    return verb === 'create' || name === node
      ? ALLOW
      : deny('can only access CSINode with the same name as the requesting node');
  };

  const ownNode = (node: string, attributes: RequestAttributes): Decision => {
    const { subresource, verb } = attributes;
    const writes = verb === 'update' || verb === 'patch';
    if (subresource === 'status') return writes ? ALLOW : NO_OPINION;
    if (subresource !== '') return NO_OPINION;
    if (writes || verb === 'create') return ALLOW;
    if (!READ.has(verb)) return NO_OPINION;
    const name = nameOf(attributes);
    if (name === node) return ALLOW;
    return deny(
      name === ''
        ? `node '${node}' cannot read all nodes, only its own Node object`
        : `node '${node}' cannot read '${name}', only its own Node object`,
    );
  };

  const slices = (node: string, attributes: RequestAttributes): Decision => {
    const { subresource, verb } = attributes;
    if (subresource !== '') return deny('cannot authorize ResourceSlice subresources');
    if (verb === 'create') return ALLOW;
    if (OWN_OBJECT_VERBS.has(verb)) return related(node, 'resourceslices', { ...attributes, namespace: '' });
    if (verb !== 'watch' && verb !== 'list' && verb !== 'deletecollection')
      return deny(
        'only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch, delete, deletecollection',
      );
    return selected(attributes.fieldSelector, 'spec.nodeName') === node
      ? ALLOW
      : deny('can only list/watch/deletecollection resourceslices with nodeName field selector');
  };

  const pods = (node: string, attributes: RequestAttributes): Decision => {
    const { subresource, verb } = attributes;
    if (subresource === 'status') return verb === 'update' || verb === 'patch' ? ALLOW : NO_OPINION;
    if (subresource === 'eviction') return verb === 'create' ? ALLOW : NO_OPINION;
    if (subresource !== '') return NO_OPINION;
    if (verb === 'create' || verb === 'delete') return ALLOW;
    if (verb === 'get') return getOnly(node, 'pods', attributes);
    if (verb !== 'list' && verb !== 'watch') return NO_OPINION;
    if (selected(attributes.fieldSelector, 'spec.nodeName') === node) return ALLOW;
    if (nameOf(attributes) !== '') return related(node, 'pods', attributes);
    return deny('can only list/watch pods with spec.nodeName field selector');
  };

  const byResource: Readonly<Record<string, (node: string, attributes: RequestAttributes) => Decision>> = {
    'secrets.': (node, attributes) => read(node, 'secrets', attributes),
    'configmaps.': (node, attributes) => read(node, 'configmaps', attributes),
    'persistentvolumeclaims.': claim,
    'persistentvolumes.': (node, attributes) =>
      getOnly(node, 'persistentvolumes', { ...attributes, namespace: '' }),
    'resourceclaims.resource.k8s.io': (node, attributes) => getOnly(node, 'resourceclaims', attributes),
    'resourceslices.resource.k8s.io': slices,
    // Not served: the rules of the role do not decide either.
    'podcertificaterequests.certificates.k8s.io': () => NO_OPINION,
    'volumeattachments.storage.k8s.io': (node, attributes) => getOnly(node, 'volumeattachments', attributes),
    'serviceaccounts.': serviceAccount,
    'leases.coordination.k8s.io': ownLease,
    'csinodes.storage.k8s.io': ownCsiNode,
    'nodes.': ownNode,
    'pods.': pods,
  };

  return {
    authorize(user, attributes) {
      const node = nodeOf(user);
      if (node === undefined) return NO_OPINION;
      if (node === '') return deny(`unknown node for user ${JSON.stringify(user.name)}`);
      const special = attributes.isResourceRequest
        ? byResource[`${attributes.resource}.${attributes.group}`]
        : undefined;
      if (special !== undefined) return special(node, attributes);
      return nodeRules.some((rule) => ruleAllows(rule, attributes)) ? ALLOW : NO_OPINION;
    },
  };
}
