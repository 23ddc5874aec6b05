import { coerceCustom } from '@gantry/api/apiextensions/v1/custom/compiled-custom';
import { DecodeError } from '@gantry/api/schema/decode-scalar';
import { deepClone } from '@gantry/machinery/json';
import { type AnyObject, formatGroupVersion } from '@gantry/machinery/object';
import type { EquivalentForms } from '../request.ts';
import type { CustomResource, SharedParts } from './custom-resource.ts';

/** The served versions of one definition as forms of the same objects; undefined when there is but one. */
export function formsOf(
  served: readonly CustomResource[],
  { conversion, schemaOf }: Pick<SharedParts, 'conversion' | 'schemaOf'>,
): EquivalentForms | undefined {
  if (served.length < 2) return undefined;
  const fit = (object: AnyObject): AnyObject => {
    const schema = schemaOf(object.apiVersion);
    try {
      if (schema !== undefined) coerceCustom(object, schema, undefined);
    } catch (error) {
      // It is shown to a webhook as it is; validation has its say later.
      if (!(error instanceof DecodeError)) throw error;
    }
    return object;
  };
  return {
    kinds: served.map(({ kind }) => kind),
    convert(object, _from, to) {
      const copy = deepClone(object) as AnyObject;
      const apiVersion = formatGroupVersion(to.group, to.version);
      if (conversion.webhook === undefined) return fit({ ...copy, apiVersion });
      return conversion.webhook([copy], apiVersion).then(([made = copy]) => fit(made));
    },
  };
}
