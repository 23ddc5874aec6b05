import { TokenRequest as TokenRequestType } from '@gantry/api/authentication/v1/token-request';
import type { Node, Pod, Secret, ServiceAccount, TokenRequestSpec } from '@gantry/api/generated/types';
import { type FieldError, invalid as invalidField } from '@gantry/machinery/field-error';
import type { AnyObject, KubeObject } from '@gantry/machinery/object';
import {
  badRequest,
  conflict,
  forbidden,
  invalid,
  notFound,
  type StatusError,
} from '@gantry/machinery/status';
import type { HandlerContext, VirtualHandler } from '../../handler.ts';
import { decodeForm } from '../../registry/decode-form.ts';
import type { Authorizer } from '../../request.ts';
import type { KubernetesClaim, ObjectClaim } from '../authentication/service-account-claims.ts';
import type { ServiceAccountTokens } from '../authentication/service-account-tokens.ts';
import { readObject } from '../state.ts';
import { nodeOf, serviceAccountUser } from '../users.ts';

const GROUP = 'authentication.k8s.io';
const FORM = { group: GROUP, version: 'v1', kind: 'TokenRequest' };
const DEFAULT_SECONDS = 3_600;
const MIN_SECONDS = 600;
const MAX_SECONDS = 2 ** 32;
/** What the ServiceAccount admission plugin asks for in every pod; such a token lives on for a year, as old clients never reread it. */
const POD_TOKEN_SECONDS = 3_607;
const POD_TOKEN_EXTENDED_SECONDS = 365 * 24 * 3_600;

interface Binding {
  readonly pod?: Pod;
  readonly node?: ObjectClaim;
  readonly secret?: Secret;
}

const claimOf = (object: KubeObject): ObjectClaim => ({
  name: object.metadata.name,
  ...(object.metadata.uid === undefined ? {} : { uid: object.metadata.uid }),
});

function demand<T extends KubeObject>(
  context: HandlerContext,
  resource: string,
  namespace: string,
  name: string,
): T {
  if (name === '') throw badRequest('Name parameter required.');
  const object = readObject<T>(context.state, resource, namespace, name);
  if (object === undefined) throw notFound({ group: '', resource }, name);
  return object;
}

/** Finds what the token is to be bound to. A pod brings its node along, as information. */
function resolveBinding(spec: TokenRequestSpec, context: HandlerContext): Binding {
  const ref = spec.boundObjectRef;
  if (ref === undefined) return {};
  const { namespace, name: account } = context.attributes;
  const name = ref.name ?? '';
  const checkUid = (object: KubeObject): void => {
    if (ref.uid === undefined || ref.uid === '' || ref.uid === object.metadata.uid) return;
    throw conflict(
      { group: '', resource: ref.kind ?? '' },
      name,
      `the UID in the bound object reference (${ref.uid}) does not match the UID in record. The object might have been deleted and then recreated`,
    );
  };
  // The original looks at the group alone.
  const isCore = !(ref.apiVersion ?? '').includes('/');
  if (isCore && ref.kind === 'Pod') {
    const pod = demand<Pod>(context, 'pods', namespace, name);
    if (pod.spec.serviceAccountName !== account) {
      throw badRequest(
        `cannot bind token for serviceaccount ${JSON.stringify(account)} to pod running with different serviceaccount name.`,
      );
    }
    checkUid(pod);
    if (!pod.spec.nodeName) return { pod };
    const node = readObject<Node>(context.state, 'nodes', '', pod.spec.nodeName);
    return { pod, node: node === undefined ? { name: pod.spec.nodeName } : claimOf(node) };
  }
  if (isCore && ref.kind === 'Node') {
    const node = demand<Node>(context, 'nodes', '', name);
    checkUid(node);
    return { node: claimOf(node) };
  }
  if (isCore && ref.kind === 'Secret') {
    const secret = demand<Secret>(context, 'secrets', namespace, name);
    checkUid(secret);
    return { secret };
  }
  const [group = '', version = ''] = isCore ? ['', ref.apiVersion ?? ''] : (ref.apiVersion ?? '').split('/');
  throw badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${ref.kind ?? ''}`);
}

/** A node asks only for tokens of its own pods, and only for audiences that the pod names. */
async function assertNodeMay(
  spec: TokenRequestSpec,
  pod: Pod | undefined,
  context: HandlerContext,
  authorizer: Authorizer,
): Promise<void> {
  const node = nodeOf(context.user);
  if (node === undefined) return;
  const refusal = (reason: string): StatusError =>
    forbidden({ group: '', resource: 'serviceaccounts' }, context.attributes.name, reason);
  if (pod === undefined) throw refusal('node requested token not bound to a pod');
  if (!spec.boundObjectRef?.uid) throw refusal('node requested token with a pod binding without a uid');
  if (pod.spec.nodeName !== node)
    throw refusal('node requested token bound to a pod scheduled on a different node');
  const audiences = spec.audiences ?? [];
  if (audiences.length > 1) throw refusal('node may only request 0 or 1 audiences');
  const [audience = ''] = audiences;
  const named = (pod.spec.volumes ?? []).some((volume) =>
    volume.projected?.sources?.some(
      ({ serviceAccountToken }) =>
        serviceAccountToken !== undefined && (serviceAccountToken.audience ?? '') === audience,
    ),
  );
  if (named) return;
  const attributes = {
    ...context.attributes,
    verb: 'request-serviceaccounts-token-audience',
    subresource: '',
    resource: audience,
  };
  await authorizer.prepare?.(context.user, attributes);
  if (authorizer.authorize(context.user, attributes).allowed) return;
  throw refusal(
    `audience ${JSON.stringify(audience)} not found in pod spec volume, ${context.user.name} is not authorized to request tokens for this audience`,
  );
}

/** The body may name the account again. */
function assertNames({ metadata }: AnyObject, namespace: string, name: string): void {
  const mismatch = (field: 'name' | 'namespace', wanted: string): void => {
    const given = metadata[field];
    if (given === undefined || given === '' || given === wanted) return;
    throw invalid(GROUP, 'TokenRequest', name, [
      invalidField(`metadata.${field}`, given, `must match the service account ${field} if specified`),
    ]);
  };
  mismatch('name', name);
  mismatch('namespace', namespace);
}

function validate(spec: TokenRequestSpec): void {
  const errors: FieldError[] = [];
  const seconds = spec.expirationSeconds ?? DEFAULT_SECONDS;
  if (seconds < MIN_SECONDS) {
    errors.push(
      invalidField('spec.expirationSeconds', seconds, 'may not specify a duration less than 10 minutes'),
    );
  }
  if (seconds > MAX_SECONDS) {
    errors.push(
      invalidField('spec.expirationSeconds', seconds, 'may not specify a duration larger than 2^32 seconds'),
    );
  }
  if (errors.length > 0) throw invalid(GROUP, 'TokenRequest', '', errors);
}

export interface TokenRequestParts {
  readonly tokens: ServiceAccountTokens;
  readonly authorizer: Authorizer;
  readonly now: () => number;
  readonly maxSeconds: number;
  /** Whether a pod's token lives on for a year, as old clients never read it anew. */
  readonly extend: boolean;
}

/** `POST …/serviceaccounts/NAME/token`: a JWT for the account, bound to a pod, node or secret if asked. */
export const tokenRequest = ({
  tokens,
  authorizer,
  now,
  maxSeconds,
  extend: mayExtend,
}: TokenRequestParts): VirtualHandler => ({
  group: '',
  resource: 'serviceaccounts',
  subresource: 'token',
  form: FORM,
  async create(sent, context) {
    const { namespace, name } = context.attributes;
    const body = decodeForm<AnyObject>(TokenRequestType, FORM, sent, context);
    body.metadata ??= { name: '' };
    assertNames(body, namespace, name);
    const account = demand<ServiceAccount>(context, 'serviceaccounts', namespace, name);
    const uid = body.metadata?.uid;
    if (uid !== undefined && uid !== '' && uid !== account.metadata.uid) {
      throw conflict(
        { group: GROUP, resource: 'TokenRequest' },
        name,
        `the UID in the token request (${uid}) does not match the UID of the service account (${account.metadata.uid ?? ''})`,
      );
    }
    const spec = (body.spec ?? {}) as TokenRequestSpec;
    validate(spec);
    const binding = resolveBinding(spec, context);
    await assertNodeMay(spec, binding.pod, context, authorizer);

    const asked = spec.expirationSeconds ?? DEFAULT_SECONDS;
    const seconds = Math.min(asked, maxSeconds);
    if (seconds < asked)
      context.warn(`requested expiration of ${asked} seconds shortened to ${seconds} seconds`);
    const audiences = (spec.audiences ?? []).length === 0 ? tokens.audiences : (spec.audiences ?? []);
    const extend =
      mayExtend &&
      binding.pod !== undefined &&
      seconds === POD_TOKEN_SECONDS &&
      audiences.every((audience) => tokens.audiences.includes(audience));
    const time = now();
    const claim: KubernetesClaim = {
      namespace,
      serviceaccount: claimOf(account),
      ...(binding.pod === undefined ? {} : { pod: claimOf(binding.pod) }),
      ...(binding.secret === undefined ? {} : { secret: claimOf(binding.secret) }),
      ...(binding.node === undefined ? {} : { node: binding.node }),
      ...(extend ? { warnafter: Math.floor(time / 1000) + seconds } : {}),
    };
    const lifetime = extend ? POD_TOKEN_EXTENDED_SECONDS : seconds;
    const { token, id } = await tokens.sign(serviceAccountUser(namespace, name), audiences, lifetime, claim);
    context.annotate?.('authentication.kubernetes.io/issued-credential-id', `JTI=${id}`);
    const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
    return {
      ...body,
      metadata: {
        ...body.metadata,
        ...{ name, namespace, creationTimestamp: instant(time) },
        ...(account.metadata.uid === undefined ? {} : { uid: account.metadata.uid }),
      },
      spec: {
        ...spec,
        audiences: [...audiences],
        expirationSeconds: seconds,
        boundObjectRef: spec.boundObjectRef ?? null,
      },
      status: { token, expirationTimestamp: instant(time + seconds * 1000) },
    };
  },
});
