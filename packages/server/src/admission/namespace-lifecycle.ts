import type { Namespace } from '@gantry/api/generated/types';
import { notFound, StatusError } from '@gantry/machinery/status';
import { readObject } from '../auth/state.ts';
import type { AdmissionPlugin } from '../request.ts';
import { denied, isResource } from './denial.ts';

const IMMORTAL = new Set(['default', 'kube-system', 'kube-public']);
const REVIEWS = new Set(['authorization.k8s.io', 'authentication.k8s.io']);

/** Nothing is created in a namespace that is missing or going away, and the system's namespaces stay. */
export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  handles: (kind, operation) =>
    isResource(kind, '', 'namespaces')
      ? operation === 'DELETE'
      : kind.namespaced && !REVIEWS.has(kind.group) && (operation === 'CREATE' || operation === 'UPDATE'),
  mutate(request) {
    const { operation, kind, attributes, state } = request;
    if (kind.plural === 'namespaces' && kind.group === '') {
      if (IMMORTAL.has(attributes.name)) throw denied(request, 'this namespace may not be deleted');
      return;
    }
    const name = attributes.namespace;
    const namespace = readObject<Namespace>(state, 'namespaces', '', name);
    if (namespace === undefined) throw notFound({ group: '', resource: 'namespaces' }, name);
    const terminating =
      namespace.metadata.deletionTimestamp !== undefined || namespace.status?.phase === 'Terminating';
    if (operation !== 'CREATE' || !terminating) return;
    const { status } = denied(
      request,
      `unable to create new content in namespace ${name} because it is being terminated`,
    );
    const cause = {
      reason: 'NamespaceTerminating',
      message: `namespace ${name} is being terminated`,
      field: 'metadata.namespace',
    };
    throw new StatusError({ ...status, details: { ...status.details, causes: [cause] } });
  },
};
