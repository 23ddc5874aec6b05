import {
  approvalOf,
  type Definition,
  type DefinitionCondition,
  type DefinitionNames,
  isConditionTrue,
  isProtectedGroup,
} from '@gantry/api/apiextensions/v1/definition';
import { bundleError } from '@gantry/api/apiextensions/v1/validation/conversion';
import { deepEqual } from '@gantry/machinery/json';

type Wanted = Omit<DefinitionCondition, 'lastTransitionTime' | 'observedGeneration'>;

/** Sets a condition, with the time at which its status last changed. `now` as RFC 3339. */
export function setCondition(definition: Definition, wanted: Wanted, now: string): void {
  const status = definition.status ?? {};
  definition.status = status;
  const conditions = status.conditions ?? [];
  status.conditions = conditions;
  const found = conditions.find(({ type }) => type === wanted.type);
  if (found === undefined) {
    conditions.push({ lastTransitionTime: now, ...wanted });
    return;
  }
  if (found.status !== wanted.status || found.lastTransitionTime === undefined)
    found.lastTransitionTime = now;
  Object.assign(found, wanted);
}

/** Names that other definitions of the group hold, of resources and of kinds. */
interface Taken {
  readonly resources: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
}

function takenNames(definitions: readonly Definition[], group: string): Taken {
  const resources = new Set<string>();
  const kinds = new Set<string>();
  for (const { spec, status } of definitions) {
    const names = status?.acceptedNames;
    if (spec.group !== group || names === undefined) continue;
    for (const name of [names.plural, names.singular, ...(names.shortNames ?? [])])
      if (name) resources.add(name);
    for (const name of [names.kind, names.listKind]) if (name) kinds.add(name);
  }
  return { resources, kinds };
}

const inUse = (name: string): string => `${JSON.stringify(name)} is already in use`;

/** The names that a definition may have, and why it gets no more of those that it asks for. */
function acceptNames(
  wanted: DefinitionNames,
  held: DefinitionNames,
  taken: Taken,
): { readonly names: DefinitionNames; readonly condition: Wanted } {
  const names: DefinitionNames = { ...held };
  let condition: Wanted = {
    type: 'NamesAccepted',
    status: 'True',
    reason: 'NoConflicts',
    message: 'no conflicts found',
  };
  const refuse = (reason: string, message: string): void => {
    condition = { type: 'NamesAccepted', status: 'False', reason, message };
  };
  const settle = (field: 'plural' | 'singular' | 'kind' | 'listKind', reason: string): void => {
    const name = wanted[field] ?? '';
    const used = field === 'plural' || field === 'singular' ? taken.resources : taken.kinds;
    if (name !== (held[field] ?? '') && used.has(name)) refuse(reason, inUse(name));
    else names[field] = name;
  };
  settle('plural', 'PluralConflict');
  settle('singular', 'SingularConflict');
  settleShortNames(wanted, held, taken, names, refuse);
  settle('kind', 'KindConflict');
  settle('listKind', 'ListKindConflict');
  if (wanted.categories === undefined) delete names.categories;
  else names.categories = wanted.categories;
  return { names, condition };
}

function settleShortNames(
  wanted: DefinitionNames,
  held: DefinitionNames,
  taken: Taken,
  names: DefinitionNames,
  refuse: (reason: string, message: string) => void,
): void {
  if (deepEqual(wanted.shortNames, held.shortNames)) return;
  const own = new Set(held.shortNames);
  const clashes = (wanted.shortNames ?? []).filter((name) => !own.has(name) && taken.resources.has(name));
  if (clashes.length > 0) {
    const texts = [...new Set(clashes.map(inUse))];
    refuse('ShortNamesConflict', texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`);
  } else if (wanted.shortNames === undefined) delete names.shortNames;
  else names.shortNames = wanted.shortNames;
}

function settleNames(definition: Definition, all: readonly Definition[], now: string): void {
  const { spec, status } = definition;
  const held = status?.acceptedNames ?? { plural: '', kind: '' };
  if (deepEqual(spec.names, held) && isConditionTrue(definition, 'NamesAccepted')) return;
  const { names, condition } = acceptNames(spec.names, held, takenNames(all, spec.group));
  definition.status = { ...status, acceptedNames: names };
  setCondition(definition, condition, now);
}

/** Once established, a definition stays so. */
function settleEstablished(definition: Definition, now: string): void {
  if (isConditionTrue(definition, 'Established')) return;
  const condition = (reason: string, message: string, status = 'False'): void =>
    setCondition(definition, { type: 'Established', status, reason, message }, now);
  if (!isConditionTrue(definition, 'NamesAccepted')) {
    condition('NotAccepted', 'not all names are accepted');
    return;
  }
  if (bundleError(definition.spec.conversion?.webhook?.clientConfig?.caBundle) !== undefined)
    condition('InvalidCABundle', 'The conversion webhook CABundle is invalid');
  else condition('InitialNamesAccepted', 'the initial names have been accepted', 'True');
}

const APPROVAL: Readonly<Record<ReturnType<typeof approvalOf>['state'], readonly [string, string]>> = {
  Invalid: ['False', 'InvalidAnnotation'],
  Missing: ['False', 'MissingAnnotation'],
  Approved: ['True', 'ApprovedAnnotation'],
  Bypassed: ['False', 'UnapprovedAnnotation'],
};

function settleApproval(definition: Definition, now: string): void {
  if (!isProtectedGroup(definition.spec.group)) return;
  const approval = approvalOf(definition.metadata.annotations);
  const [status, reason] = APPROVAL[approval.state];
  setCondition(
    definition,
    { type: 'KubernetesAPIApprovalPolicyConformant', status, reason, message: approval.reason },
    now,
  );
}

function settleStructure(definition: Definition, now: string): void {
  if (definition.spec.preserveUnknownFields !== true) return;
  const message = 'spec.preserveUnknownFields: Invalid value: true: must be false';
  setCondition(
    definition,
    { type: 'NonStructuralSchema', status: 'True', reason: 'Violations', message },
    now,
  );
}

/**
 * Brings names and conditions of a definition up to date, in place. `all` are the definitions as they are stored, the
 * same one included: names that it holds already are its own.
 */
export function settleStatus(definition: Definition, all: readonly Definition[], now: string): void {
  const others = all.filter(({ metadata }) => metadata.name !== definition.metadata.name);
  settleNames(definition, others, now);
  settleEstablished(definition, now);
  settleApproval(definition, now);
  settleStructure(definition, now);
}
