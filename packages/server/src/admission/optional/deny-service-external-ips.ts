import type { Service } from '@gantry/api/generated/types';
import type { AdmissionPlugin } from '../../request.ts';
import { denied, isResource } from '../denial.ts';

/** No Service takes over addresses that are not its own, but for those that did before. */
export const denyServiceExternalIps: AdmissionPlugin = {
  name: 'DenyServiceExternalIPs',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'services') &&
    subresource === '' &&
    (operation === 'CREATE' || operation === 'UPDATE'),
  validate(request) {
    const wanted = (request.object as unknown as Service).spec?.externalIPs ?? [];
    const old = (request.oldObject as unknown as Service | undefined)?.spec?.externalIPs ?? [];
    if (wanted.some((ip) => !old.includes(ip)))
      throw denied(request, 'Use of external IPs is denied by admission control');
  },
};
