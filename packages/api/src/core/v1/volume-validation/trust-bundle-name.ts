import { invalid } from '@gantry/machinery/field-error';
import { nameIsDNSSubdomain } from '@gantry/machinery/validation';
import type { Errors } from '../../../validation/common.ts';

/** `DOMAIN:SIGNER:NAME` of a bundle that belongs to a signer; a DNS subdomain otherwise. */
export function validateTrustBundleName(name: string, path: string, errors: Errors): void {
  const colon = name.lastIndexOf(':');
  const own = colon < 0 ? name : name.slice(colon + 1);
  for (const message of nameIsDNSSubdomain(own, false))
    errors.push(invalid(path, name, `not a valid clustertrustbundlename: ${message}`));
}
