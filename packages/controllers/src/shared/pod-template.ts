import { isDeepStrictEqual } from 'node:util';
import type { Pod, PodTemplateSpec } from '@gantry/api/generated/types';
import type { KubeObject } from '@gantry/machinery/object';
import { controllerRef } from './owners.ts';

export const TEMPLATE_HASH = 'pod-template-hash';

/** JSON with sorted keys: equal values give equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** 32-bit FNV-1a over UTF-8. */
export function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Digits without vowels and look-alikes, as the original encodes hashes for names. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
export const safeEncode = (text: string): string =>
  [...text].map((character) => ALPHABET[character.charCodeAt(0) % ALPHABET.length]).join('');

/** The value of `pod-template-hash` and the suffix of a ReplicaSet's name. */
export function templateHash(template: PodTemplateSpec, collisionCount: number | undefined): string {
  const text = canonical(template) + (collisionCount === undefined ? '' : String(collisionCount));
  return safeEncode(String(fnv32a(text)));
}

const withoutHash = (template: PodTemplateSpec): PodTemplateSpec => {
  const { [TEMPLATE_HASH]: _, ...labels } = template.metadata?.labels ?? {};
  const { creationTimestamp: __, ...metadata } = template.metadata ?? {};
  return { ...template, metadata: { ...metadata, labels } };
};

export const equalIgnoringHash = (a: PodTemplateSpec, b: PodTemplateSpec): boolean =>
  isDeepStrictEqual(withoutHash(a), withoutHash(b));

/** A pod as the template describes it, managed by `owner`; its name is left to the server (`OWNER-xxxxx`). */
export function podFromTemplate(template: PodTemplateSpec, owner: KubeObject): Pod {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  if (template.spec === undefined)
    throw new Error(`${owner.kind} ${owner.metadata.name} has no pod template`);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      generateName: `${owner.metadata.name}-`,
      ...(owner.metadata.namespace === undefined ? {} : { namespace: owner.metadata.namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
      ownerReferences: [controllerRef(owner)],
    },
    spec: structuredClone(template.spec),
  };
}
