import type { KindDefinition } from '@gantry/api/kind';
import type { AnyObject } from '@gantry/machinery/object';
import { scaleOf } from '../../registry/scale.ts';
import type { AdmissionRequest } from '../../request.ts';

type Loose = Readonly<Record<string, unknown>>;

const isScale = ({ kind, attributes }: AdmissionRequest): boolean =>
  attributes.subresource === 'scale' && kind.subresources?.scale !== undefined;

/** An object of a request as somebody sees it who matched the request as `form`; shared, not to be changed. */
export function objectInForm(
  request: AdmissionRequest,
  object: Loose | undefined,
  form: KindDefinition,
): Loose | undefined | Promise<Loose> {
  if (object === undefined) return undefined;
  // Behind the scale subresource the plugins of the server see the workload; clients see its Scale.
  if (isScale(request)) return scaleOf({ kind: request.kind }, object as AnyObject);
  if (form === request.kind || request.forms === undefined || !isOwnKind(request, object)) return object;
  return request.forms.convert(object, request.kind, form);
}

/** Whether the object is of the request's kind, and not an Eviction or the like that is sent to a subresource. */
export const isOwnKind = ({ kind }: AdmissionRequest, object: Loose): boolean => object.kind === kind.kind;
