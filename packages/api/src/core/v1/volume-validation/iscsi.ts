import { invalid, required } from '@gantry/machinery/field-error';
import { rangeMessage } from '@gantry/machinery/validation';
import type { Errors } from '../../../validation/common.ts';

interface Source {
  readonly targetPortal?: string;
  readonly iqn?: string;
  readonly lun?: number;
  readonly chapAuthDiscovery?: boolean;
  readonly chapAuthSession?: boolean;
  readonly secretRef?: { readonly name?: string };
  readonly initiatorName?: string;
}

const FORMATS: readonly (readonly [string, RegExp])[] = [
  ['iqn', /iqn\.\d{4}-\d{2}\.([A-Za-z0-9\-.]+)(:[^,;*&$|\s]+)$/],
  ['eui', /^eui.[A-Za-z0-9]{16}$/],
  ['naa', /^naa.[A-Za-z0-9]{32}$/],
];
const FORMAT = 'must be valid format';
const MAX_LUN = 255;

/** RFC 3720, section 3.2.6: iqn, eui and naa names. */
function name(value: string, path: string, errors: Errors, persistent: boolean): void {
  const format = FORMATS.find(([prefix]) => value.startsWith(prefix));
  if (format === undefined)
    errors.push(invalid(path, value, persistent ? FORMAT : `${FORMAT} starting with iqn, eui, or naa`));
  else if (!format[1].test(value)) errors.push(invalid(path, value, FORMAT));
}

export function validateIscsi(source: Source, path: string, errors: Errors, persistent: boolean): void {
  if (!source.targetPortal) errors.push(required(`${path}.targetPortal`));
  if (!source.iqn) errors.push(required(`${path}.iqn`));
  else name(source.iqn, `${path}.iqn`, errors, persistent);
  const lun = source.lun ?? 0;
  if (lun < 0 || lun > MAX_LUN) errors.push(invalid(`${path}.lun`, lun, rangeMessage(0, MAX_LUN)));
  const authenticates = source.chapAuthDiscovery === true || source.chapAuthSession === true;
  if (authenticates && source.secretRef === undefined) errors.push(required(`${path}.secretRef`));
  if (persistent && source.secretRef !== undefined && !source.secretRef.name)
    errors.push(required(`${path}.secretRef.name`));
  if (source.initiatorName !== undefined)
    name(source.initiatorName, `${path}.initiatorname`, errors, persistent);
}
