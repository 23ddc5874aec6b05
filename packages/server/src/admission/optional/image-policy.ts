import type { Pod } from '@gantry/api/generated/types';
import { isObject } from '@gantry/machinery/json';
import { LRUCache } from 'lru-cache';
import { withRetries } from '../../outbound/retries.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../../request.ts';
import { denied, isResource } from '../denial.ts';

export interface ImagePolicyOptions {
  /** Posts an ImageReview to the server that decides; rejects when no answer came. */
  post(body: string): Promise<unknown>;
  readonly allowMs: number;
  readonly denyMs: number;
  /** Wait before the first retry. */
  readonly retryMs: number;
  /** Pods are let in when nobody answers. */
  readonly defaultAllow: boolean;
  readonly now: () => number;
}

interface Verdict {
  readonly allowed: boolean;
  readonly reason: string;
  readonly annotations: Readonly<Record<string, unknown>>;
}

const MAX_CACHED = 1_024;
const PREFIX = 'imagepolicywebhook.image-policy.k8s.io/';
const FAILED_OPEN = 'alpha.image-policy.k8s.io/failed-open';

function specOf({ object, attributes }: AdmissionRequest): Record<string, unknown> {
  const { metadata, spec } = object as unknown as Pod;
  const containers =
    attributes.subresource === ''
      ? [...spec.containers, ...(spec.initContainers ?? [])]
      : (spec.ephemeralContainers ?? []);
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) =>
    key.includes('.image-policy.k8s.io/'),
  );
  return {
    containers: containers.map(({ image }) => ({ image })),
    ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
    namespace: attributes.namespace,
  };
}

/** Throws an Error for what is no review. */
function verdictOf(answer: unknown): Verdict {
  if (!isObject(answer) || !isObject(answer.status)) throw new Error('the answer is no ImageReview');
  const { allowed, reason, auditAnnotations } = answer.status;
  return {
    allowed: allowed === true,
    reason: typeof reason === 'string' ? reason : '',
    annotations: isObject(auditAnnotations) ? auditAnnotations : {},
  };
}

/** Another server decides on the images of pods. */
export function createImagePolicy(options: ImagePolicyOptions): AdmissionPlugin {
  const known = new LRUCache<string, { readonly verdict: Verdict; readonly until: number }>({
    max: MAX_CACHED,
  });
  const ask = async (spec: string): Promise<Verdict> => {
    const hit = known.get(spec);
    if (hit !== undefined && hit.until > options.now()) return hit.verdict;
    const body = `{"kind":"ImageReview","apiVersion":"imagepolicy.k8s.io/v1alpha1","metadata":{},"spec":${spec},"status":{"allowed":false}}`;
    const verdict = verdictOf(await withRetries(() => options.post(body), options.retryMs));
    const keepMs = verdict.allowed ? options.allowMs : options.denyMs;
    if (keepMs > 0) known.set(spec, { verdict, until: options.now() + keepMs });
    return verdict;
  };
  const failed = (request: AdmissionRequest, error: unknown): void => {
    if (!options.defaultAllow) throw denied(request, error instanceof Error ? error.message : String(error));
    request.annotate?.(`${PREFIX}failed-open`, 'true');
    const { metadata } = request.object as unknown as Pod;
    metadata.annotations = { ...metadata.annotations, [FAILED_OPEN]: 'true' };
  };
  return {
    name: 'ImagePolicyWebhook',
    handles: (kind, operation, subresource) =>
      isResource(kind, '', 'pods') &&
      (subresource === '' || subresource === 'ephemeralcontainers') &&
      (operation === 'CREATE' || operation === 'UPDATE'),
    async validate(request) {
      let verdict: Verdict;
      try {
        verdict = await ask(JSON.stringify(specOf(request)));
      } catch (error) {
        failed(request, error);
        return;
      }
      for (const [key, value] of Object.entries(verdict.annotations))
        if (typeof value === 'string') request.annotate?.(PREFIX + key, value);
      if (verdict.allowed) return;
      throw denied(
        request,
        verdict.reason === ''
          ? 'one or more images rejected by webhook backend'
          : `image policy webhook backend denied one or more images: ${verdict.reason}`,
      );
    },
  };
}
