import { LabelSelector } from '../../../meta/v1/meta.ts';
import { ref, string, struct } from '../../../schema/dsl.ts';

export const ParamKind = struct(
  'io.k8s.api.admissionregistration.v1.ParamKind',
  {
    apiVersion: string({ description: 'Group and version of the kind.' }),
    kind: string({ description: 'Name of the kind.' }),
  },
  { mapType: 'atomic', description: 'Kind of the parameters of a policy.' },
);

export const ParamRef = struct(
  'io.k8s.api.admissionregistration.v1.ParamRef',
  {
    name: string({ description: 'Name of the object.' }),
    namespace: string({
      description: 'Namespace of the object. Unset, for namespaced kinds: that of the request.',
    }),
    parameterNotFoundAction: string({
      description: 'Allow or Deny: what happens when there is no such object.',
    }),
    selector: ref(() => LabelSelector, {
      description: 'Labels of the objects; the policy runs with each. Empty: all.',
    }),
  },
  { mapType: 'atomic', description: 'Parameters of a policy; exactly one of name and selector is set.' },
);

export const Variable = struct(
  'io.k8s.api.admissionregistration.v1.Variable',
  {
    expression: string({
      required: true,
      description: 'CEL expression for the value, worked out when first used.',
    }),
    name: string({ required: true, description: 'Name of the variable; a CEL identifier.' }),
  },
  { mapType: 'atomic', description: 'A named expression.' },
);
