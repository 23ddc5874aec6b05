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
>[] = [nameColumn, integer('Webhooks', ({ webhooks }) => (webhooks ?? []).length), ageColumn];

const paramKind: Column<ValidatingAdmissionPolicy | MutatingAdmissionPolicy> = text(
  'ParamKind',
  ({ spec }) =>
    spec.paramKind === undefined ? UNSET : `${spec.paramKind.apiVersion ?? ''}/${spec.paramKind.kind ?? ''}`,
);

export const validatingAdmissionPolicyColumns: readonly Column<ValidatingAdmissionPolicy>[] = [
  nameColumn,
  integer('Validations', ({ spec }) => (spec.validations ?? []).length),
  paramKind,
  ageColumn,
];

export const mutatingAdmissionPolicyColumns: readonly Column<MutatingAdmissionPolicy>[] = [
  nameColumn,
  integer('Mutations', ({ spec }) => (spec.mutations ?? []).length),
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
  text('PolicyName', ({ spec }) => spec.policyName ?? ''),
  text('ParamRef', paramRef),
  ageColumn,
];
