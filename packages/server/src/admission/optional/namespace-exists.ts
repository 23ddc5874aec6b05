import { notFound } from '@gantry/machinery/status';
import type { AdmissionPlugin } from '../../request.ts';
import { isResource } from '../denial.ts';

const NAMESPACES = { group: '', resource: 'namespaces' };

/** Nothing is written in a namespace that does not exist. */
export const namespaceExists: AdmissionPlugin = {
  name: 'NamespaceExists',
  handles: (kind, operation) =>
    kind.namespaced && !isResource(kind, '', 'namespaces') && operation !== 'CONNECT',
  validate({ attributes: { namespace }, state }) {
    if (namespace !== '' && state.get('namespaces', '', namespace) === undefined)
      throw notFound(NAMESPACES, namespace);
  },
};
