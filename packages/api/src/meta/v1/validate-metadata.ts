import type { FieldError } from '@gantry/machinery/field-error';
import type { ObjectMeta } from '@gantry/machinery/object';
import {
  validateFinalizerDomains,
  validateFinalizers,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '@gantry/machinery/object-meta';
import {
  nameIsDNS1035Label,
  nameIsDNSLabel,
  nameIsDNSSubdomain,
  nameIsPathSegment,
  type NameRule as Rule,
} from '@gantry/machinery/validation';
import type { KindDefinition, NameRule } from '../../kind.ts';

const NAME_RULES: Readonly<Record<NameRule, Rule>> = {
  dnsSubdomain: nameIsDNSSubdomain,
  dnsLabel: nameIsDNSLabel,
  dns1035Label: nameIsDNS1035Label,
  pathSegment: nameIsPathSegment,
  any: () => [],
};

/** Groups whose kinds take well-known finalizers and such with a domain only. */
const STRICT_FINALIZERS: ReadonlySet<string> = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);

function addFinalizerErrors(errors: FieldError[], kind: KindDefinition, meta: ObjectMeta): FieldError[] {
  const isStrict = STRICT_FINALIZERS.has(kind.group) && !(kind.group === '' && kind.kind === 'Event');
  if (meta.finalizers !== undefined && isStrict)
    errors.push(...validateFinalizerDomains(meta.finalizers, 'metadata.finalizers'));
  return errors;
}

/** Rules of metadata on create, with the kind's rule for names. The name must have been generated already. */
export function validateMetadata(kind: KindDefinition, meta: ObjectMeta): FieldError[] {
  const errors = validateObjectMeta(meta, kind.namespaced, NAME_RULES[kind.nameRule ?? 'dnsSubdomain']);
  return addFinalizerErrors(errors, kind, meta);
}

/** Rules of metadata on update. */
export const validateMetadataUpdate = (
  kind: KindDefinition,
  meta: ObjectMeta,
  old: ObjectMeta,
): FieldError[] => {
  const errors = validateObjectMetaUpdate(meta, old);
  if (meta.finalizers !== undefined)
    errors.push(...validateFinalizers(meta.finalizers, 'metadata.finalizers'));
  return addFinalizerErrors(errors, kind, meta);
};
