import { isDeepStrictEqual } from 'node:util';
import type { KindDefinition } from '@gantry/api/kind';
import { builtinKinds } from '@gantry/api/kinds';
import type { KubeObject, OwnerReference } from '@gantry/machinery/object';
import type {
  AdmissionPlugin,
  AdmissionRequest,
  Authorizer,
  Decision,
  RequestAttributes,
} from '../../request.ts';
import { denied } from '../denial.ts';
import { requestName, requestNamespace } from '../matching/rules.ts';

type Loose = Readonly<Record<string, unknown>> | undefined;

const referencesOf = (object: Loose): readonly OwnerReference[] =>
  (object as unknown as KubeObject | undefined)?.metadata.ownerReferences ?? [];

interface Owner {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly namespaced: boolean;
}

const ofBuiltIn = ({ group, version, plural, namespaced }: KindDefinition): Owner => ({
  group,
  version,
  resource: plural,
  namespaced,
});

/** The resources that a reference may mean: of built-in kinds and of custom ones. */
function ownersOf({ state }: AdmissionRequest, { apiVersion, kind }: OwnerReference): Owner[] {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  const builtIn = builtinKinds.filter(
    (one) => one.group === group && one.version === version && one.kind === kind,
  );
  const custom = state
    .list('customresourcedefinitions.apiextensions.k8s.io', undefined)
    .flatMap(({ spec }) => {
      const {
        group: own,
        names,
        scope,
      } = spec as {
        readonly group: string;
        readonly names: { readonly kind: string; readonly plural: string };
        readonly scope: string;
      };
      return own === group && names.kind === kind
        ? [{ group, version, resource: names.plural, namespaced: scope === 'Namespaced' }]
        : [];
    });
  return [...builtIn.map(ofBuiltIn), ...custom];
}

async function decide(
  authorizer: Authorizer,
  { user }: AdmissionRequest,
  asked: Pick<
    RequestAttributes,
    'verb' | 'group' | 'version' | 'resource' | 'subresource' | 'namespace' | 'name'
  >,
): Promise<Decision> {
  const attributes = { isResourceRequest: true, path: '', ...asked };
  await authorizer.prepare?.(user, attributes);
  return authorizer.authorize(user, attributes);
}

const newlyBlocking = (now: readonly OwnerReference[], before: readonly OwnerReference[]): OwnerReference[] =>
  now.filter(
    ({ uid, blockOwnerDeletion }) =>
      blockOwnerDeletion === true && before.find((old) => old.uid === uid)?.blockOwnerDeletion !== true,
  );

async function checkBlocking(
  authorizer: Authorizer,
  request: AdmissionRequest,
  blocking: readonly OwnerReference[],
): Promise<void> {
  const any = { group: '*', version: '*', resource: '*', namespace: '', name: '*' };
  const finalizers = { verb: 'update', subresource: 'finalizers' };
  if ((await decide(authorizer, request, { ...finalizers, ...any })).allowed) return;
  for (const reference of blocking) {
    const owners = ownersOf(request, reference);
    if (owners.length === 0)
      throw denied(
        request,
        `cannot set blockOwnerDeletion in this case because cannot find RESTMapping for APIVersion ${reference.apiVersion} Kind ${reference.kind}: no matches for kind ${JSON.stringify(reference.kind)} in version ${JSON.stringify(reference.apiVersion)}`,
      );
    for (const { group, version, resource, namespaced } of owners) {
      const namespace = namespaced ? requestNamespace(request) : '';
      const decision = await decide(authorizer, request, {
        ...{ ...finalizers, group, version, resource, namespace },
        name: reference.name,
      });
      if (!decision.allowed)
        throw denied(
          request,
          `cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: ${decision.reason}, <nil>`,
        );
    }
  }
}

/** Who makes an object's life depend on another one must have the right to end it, and to hold up the other one. */
export const createOwnerReferencesPermissionEnforcement = (authorizer: Authorizer): AdmissionPlugin => ({
  name: 'OwnerReferencesPermissionEnforcement',
  handles: (kind, operation, subresource) =>
    (operation === 'CREATE' || operation === 'UPDATE') &&
    !(kind.group === '' && kind.plural === 'pods' && subresource === 'status'),
  async validate(request) {
    const [now, before] = [referencesOf(request.object), referencesOf(request.oldObject)];
    if (isDeepStrictEqual(now, before)) return;
    const { group, version, plural } = request.kind;
    if (request.operation !== 'CREATE') {
      const decision = await decide(authorizer, request, {
        ...{ verb: 'delete', group, version, resource: plural, subresource: request.attributes.subresource },
        ...{ namespace: requestNamespace(request), name: requestName(request) },
      });
      if (!decision.allowed)
        throw denied(
          request,
          `cannot set an ownerRef on a resource you can't delete: ${decision.reason}, <nil>`,
        );
    }
    const blocking = newlyBlocking(now, before);
    if (blocking.length > 0) await checkBlocking(authorizer, request, blocking);
  },
});
