import { forbidden, invalid, required, tooLong } from '@gantry/machinery/field-error';
import { isDNS1123Subdomain } from '@gantry/machinery/validation';
import { PersistentVolumeSpec } from '../../core/v1/types/persistent-volume-spec.ts';
import type { VolumeAttachment, VolumeAttributesClass, VolumeError } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors, inRange } from '../../validation/common.ts';
import { goStruct } from '../../validation/go-struct.ts';
import { validateDriverName, validateParameters, validateProvisioner } from './driver-name.ts';

const MAX_METADATA_BYTES = 256 * 1024;
const MAX_MESSAGE_BYTES = 1024;
const ONE_SOURCE = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';

export const volumeAttributesClassRules: KindRules<VolumeAttributesClass> = {
  validate(attributes, _context, old) {
    const errors: Errors = [];
    for (const field of ['driverName', 'parameters'] as const)
      if (old !== undefined && !semanticEqual(attributes[field], old[field]))
        errors.push(forbidden(field, `updates to ${field} are forbidden.`));
    validateProvisioner(attributes.driverName, 'driverName', errors);
    validateParameters(attributes.parameters, false, errors);
    return errors;
  },
};

const attachmentInGo = ({ attacher, source, nodeName }: VolumeAttachment['spec']): object => ({
  Attacher: attacher,
  Source: {
    PersistentVolumeName: source?.persistentVolumeName ?? null,
    InlineVolumeSpec:
      source?.inlineVolumeSpec === undefined ? null : goStruct(PersistentVolumeSpec, source.inlineVolumeSpec),
  },
  NodeName: nodeName,
});

export const volumeAttachmentRules: KindRules<VolumeAttachment> = {
  validate: (attachment) => attachmentErrors(attachment),
  validateUpdate: ({ spec }, { spec: old }) =>
    semanticEqual(spec, old) ? [] : [invalid('spec', attachmentInGo(spec), 'field is immutable')],
  validateStatusUpdate: (attachment) => attachmentErrors(attachment),
};

function attachmentErrors({ spec, status }: VolumeAttachment): Errors {
  const errors: Errors = [];
  validateDriverName(spec.attacher, 'spec.attacher', errors);
  const { inlineVolumeSpec: inline, persistentVolumeName: name } = spec.source;
  if (inline === undefined && name === undefined) errors.push(required('spec.source', ONE_SOURCE));
  else if (inline !== undefined && name !== undefined) errors.push(forbidden('spec.source', ONE_SOURCE));
  else if (name === '')
    errors.push(required('spec.source.persistentVolumeName', 'must specify non empty persistentVolumeName'));
  check(isDNS1123Subdomain(spec.nodeName), 'spec.nodeName', spec.nodeName, errors);
  let bytes = 0;
  for (const [key, value] of Object.entries(status?.attachmentMetadata ?? {}))
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  if (bytes > MAX_METADATA_BYTES) errors.push(tooLong('status.attachmentMetadata', MAX_METADATA_BYTES));
  validateVolumeError(status?.attachError, 'status.attachError', errors);
  validateVolumeError(status?.detachError, 'status.detachError', errors);
  if (name !== undefined) check(isDNS1123Subdomain(name), 'spec.source.persistentVolumeName', name, errors);
  return errors;
}

function validateVolumeError(error: VolumeError | undefined, path: string, errors: Errors): void {
  // The bound that is named is another one than the bound that is meant: so in the original.
  if (Buffer.byteLength(error?.message ?? '') > MAX_MESSAGE_BYTES)
    errors.push(tooLong(`${path}.message`, MAX_METADATA_BYTES));
  inRange(error?.errorCode, 0, 2 ** 31 - 1, `${path}.errorCode`, errors);
}
