import { invalid } from '@gantry/machinery/field-error';
import { deepClone } from '@gantry/machinery/json';
import { isQualifiedName } from '@gantry/machinery/validation';
import type { Namespace } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { check, type Errors } from '../../validation/common.ts';

const NAME_LABEL = 'kubernetes.io/metadata.name';
const FINALIZER = 'kubernetes';

export const namespaceRules: KindRules<Namespace> = {
  defaults(namespace) {
    // A generated name is not known yet; prepareForCreate labels those.
    if (namespace.metadata.name) labelName(namespace);
  },
  prepareForCreate(namespace) {
    labelName(namespace);
    namespace.status = { phase: 'Active' };
    const finalizers = namespace.spec.finalizers ?? [];
    if (!finalizers.includes(FINALIZER)) namespace.spec.finalizers = [...finalizers, FINALIZER];
  },
  prepareForUpdate(namespace, old, { subresource }) {
    if (subresource !== 'finalize') {
      namespace.spec = deepClone(old.spec);
      return;
    }
    if (old.status !== undefined) namespace.status = deepClone(old.status);
  },
  validate(namespace, _context, old) {
    const errors: Errors = [];
    if (old === undefined)
      for (const finalizer of namespace.spec.finalizers ?? [])
        validateFinalizer(finalizer, 'spec.finalizers', errors);
    return errors;
  },
  validateUpdate(namespace, _old, { subresource }) {
    const errors: Errors = [];
    if (subresource === 'finalize')
      for (const [index, finalizer] of (namespace.spec.finalizers ?? []).entries())
        validateFinalizer(finalizer, `spec.finalizers[${index}]`, errors);
    return errors;
  },
  validateStatusUpdate({ status, metadata }) {
    const phase = metadata.deletionTimestamp === undefined ? 'Active' : 'Terminating';
    if (status?.phase === phase) return [];
    const condition = phase === 'Active' ? 'empty' : 'not empty';
    return [
      invalid(
        'status.Phase',
        status?.phase ?? '',
        `may only be '${phase}' if \`deletionTimestamp\` is ${condition}`,
      ),
    ];
  },
};

function labelName(namespace: Namespace): void {
  const { metadata } = namespace;
  if (metadata.labels?.[NAME_LABEL] === metadata.name) return;
  metadata.labels = { ...metadata.labels, [NAME_LABEL]: metadata.name };
}

const STANDARD_FINALIZERS = [FINALIZER, 'orphan', 'foregroundDeletion'];

function validateFinalizer(finalizer: string, path: string, errors: Errors): void {
  check(isQualifiedName(finalizer), path, finalizer, errors);
  if (!finalizer.includes('/') && !STANDARD_FINALIZERS.includes(finalizer))
    errors.push(
      invalid(path, finalizer, 'name is neither a standard finalizer name nor is it fully qualified'),
    );
}
