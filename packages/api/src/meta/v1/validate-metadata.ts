import type { FieldError } from '@gantry/machinery/field-error';
import type { ObjectMeta } from '@gantry/machinery/object';
import { validateObjectMeta } from '@gantry/machinery/object-meta';
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
};

/** Rules of metadata on create, with the kind's rule for names. The name must have been generated already. */
export const validateMetadata = (kind: KindDefinition, meta: ObjectMeta): FieldError[] =>
  validateObjectMeta(meta, kind.namespaced, NAME_RULES[kind.nameRule ?? 'dnsSubdomain']);
