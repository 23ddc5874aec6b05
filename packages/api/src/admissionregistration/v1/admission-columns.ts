import { formatSelectorObject } from '@gantry/machinery/label-selector';
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  MutatingWebhookConfiguration,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingWebhookConfiguration,
} from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, integer, nameColumn, text, UNSET } from '../../tables/columns.ts';

export const webhookConfigurationColumns: readonly Column<
  ValidatingWebhookConfiguration | MutatingWebhookConfiguration
>[] = [
  nameColumn,
  integer('Webhooks', 'Number of webhooks.', ({ webhooks }) => (webhooks ?? []).length),
  ageColumn,
];

const paramKind: Column<ValidatingAdmissionPolicy | MutatingAdmissionPolicy> = text(
  'ParamKind',
  'Kind of the objects that the expressions read as params.',
  ({ spec }) =>
    spec.paramKind === undefined ? UNSET : `${spec.paramKind.apiVersion ?? ''}/${spec.paramKind.kind ?? ''}`,
);

export const validatingAdmissionPolicyColumns: readonly Column<ValidatingAdmissionPolicy>[] = [
  nameColumn,
  integer('Validations', 'Number of validations.', ({ spec }) => (spec.validations ?? []).length),
  paramKind,
  ageColumn,
];

export const mutatingAdmissionPolicyColumns: readonly Column<MutatingAdmissionPolicy>[] = [
  nameColumn,
  integer('Mutations', 'Number of mutations.', ({ spec }) => (spec.mutations ?? []).length),
  paramKind,
  ageColumn,
];

type Binding = ValidatingAdmissionPolicyBinding | MutatingAdmissionPolicyBinding;

function paramRef({ spec }: Binding): string {
  const { paramRef: ref } = spec;
  if (ref?.name) return `${ref.namespace || '*'}/${ref.name}`;
  return ref?.selector === undefined ? UNSET : formatSelectorObject(ref.selector);
}

export const policyBindingColumns: readonly Column<Binding>[] = [
  nameColumn,
  text('PolicyName', 'Name of the policy that is bound.', ({ spec }) => spec.policyName ?? ''),
  text('ParamRef', 'Objects that the expressions read as params: namespace/name or labels.', paramRef),
  ageColumn,
];
