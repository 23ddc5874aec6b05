import { LabelSelector } from '../../../meta/v1/meta.ts';
import { ref, string, struct } from '../../../schema/dsl.ts';

export const ParamKind = struct(
  'io.k8s.api.admissionregistration.v1.ParamKind',
  {
    apiVersion: string(),
    kind: string(),
  },
  { mapType: 'atomic' },
);

export const ParamRef = struct(
  'io.k8s.api.admissionregistration.v1.ParamRef',
  {
    name: string(),
    namespace: string(),
    parameterNotFoundAction: string(),
    selector: ref(() => LabelSelector),
  },
  { mapType: 'atomic' },
);

export const Variable = struct(
  'io.k8s.api.admissionregistration.v1.Variable',
  {
    expression: string({ required: true }),
    name: string({ required: true }),
  },
  { mapType: 'atomic' },
);
