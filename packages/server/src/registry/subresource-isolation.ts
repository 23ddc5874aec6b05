import { resizedSpec } from '@gantry/api/core/v1/pod-resize';
import { deepClone, isObject, type JsonObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import type { WriteContext } from './write.ts';

type Isolation = (object: AnyObject, old: AnyObject) => AnyObject;

const specOf = (object: AnyObject): JsonObject => {
  const spec = object.spec;
  return isObject(spec) ? spec : {};
};

/** The live object with what the client may say of it, and with the version that the client means. */
function base(object: AnyObject, old: AnyObject): AnyObject {
  const next = deepClone(old);
  const { resourceVersion, uid } = object.metadata;
  if (resourceVersion !== undefined) next.metadata.resourceVersion = resourceVersion;
  else delete next.metadata.resourceVersion;
  if (uid !== undefined) next.metadata.uid = uid;
  return next;
}

/** Resources of the pod and of its containers. */
function resize(object: AnyObject, old: AnyObject): AnyObject {
  const next = base(object, old);
  return { ...next, spec: resizedSpec(specOf(object) as never, specOf(old) as never) };
}

const ISOLATIONS: Readonly<Record<string, Isolation>> = {
  'pods/ephemeralcontainers': (object, old) => {
    const next = base(object, old);
    const { ephemeralContainers } = specOf(object);
    if (ephemeralContainers === undefined) delete specOf(next).ephemeralContainers;
    else next.spec = { ...specOf(next), ephemeralContainers };
    return next;
  },
  'pods/resize': resize,
  'namespaces/finalize': (object, old) => {
    const next = base(object, old);
    next.spec = { finalizers: specOf(object).finalizers ?? [] };
    return next;
  },
};

/** What of `object` this subresource may change, on top of the live object. Status and scale are the kind's matter. */
export function isolateSubresource(context: WriteContext, object: AnyObject, old: AnyObject): AnyObject {
  const { subresource } = context.attributes;
  if (subresource === '' || subresource === 'status') return object;
  const isolate = ISOLATIONS[`${context.resource.storage}/${subresource}`];
  return isolate === undefined ? object : isolate(object, old);
}
