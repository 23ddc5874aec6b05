import { notSupported, required } from '@gantry/machinery/field-error';
import type { AzureDiskVolumeSource } from '../../../generated/types.ts';
import type { Errors } from '../../../validation/common.ts';

const CACHING_MODES = ['None', 'ReadOnly', 'ReadWrite'];
const KINDS = ['Dedicated', 'Managed', 'Shared'];
const MANAGED_URI =
  '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const BLOB_URI = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

export function validateAzureDisk(source: AzureDiskVolumeSource, path: string, errors: Errors): void {
  const { diskName, diskURI = '', cachingMode, kind } = source;
  if (!diskName) errors.push(required(`${path}.diskName`));
  if (diskURI === '') errors.push(required(`${path}.diskURI`));
  if (cachingMode !== undefined && !CACHING_MODES.includes(cachingMode))
    errors.push(notSupported(`${path}.cachingMode`, cachingMode, CACHING_MODES));
  if (kind === undefined) return;
  if (!KINDS.includes(kind)) errors.push(notSupported(`${path}.kind`, kind, KINDS));
  const managed = kind === 'Managed';
  if (!diskURI.startsWith(managed ? '/subscriptions/' : 'https://'))
    errors.push(notSupported(`${path}.diskURI`, diskURI, [managed ? MANAGED_URI : BLOB_URI]));
}
