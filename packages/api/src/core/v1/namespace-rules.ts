import type { Namespace } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';

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
      namespace.spec = old.spec;
      return;
    }
    if (old.status !== undefined) namespace.status = old.status;
  },
};

function labelName(namespace: Namespace): void {
  const { metadata } = namespace;
  if (metadata.labels?.[NAME_LABEL] === metadata.name) return;
  metadata.labels = { ...metadata.labels, [NAME_LABEL]: metadata.name };
}
