import { Binding as BindingType } from '@gantry/api/core/v1/binding';
import type { Binding, Pod } from '@gantry/api/generated/types';
import { notSupported, required } from '@gantry/machinery/field-error';
import { isObject } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { conflict, invalid, notFound, type Status } from '@gantry/machinery/status';
import type { HandlerContext, VirtualHandler } from '../../handler.ts';
import type { RequestAttributes } from '../../request.ts';
import { decodeForm } from '../decode-form.ts';
import { currentOf } from '../plan.ts';
import { finishUpdate } from '../prepare-update.ts';
import type { Registry } from '../registry.ts';
import type { ApiResource } from '../resource.ts';
import { RFC3339 } from '../write.ts';

const FORM = { group: '', version: 'v1', kind: 'Binding' };
const GR = { group: '', resource: 'pods/binding' };

export const success = (): AnyObject =>
  ({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  }) satisfies Status as unknown as AnyObject;

function decodeBinding(body: AnyObject, context: HandlerContext): Binding {
  const object = decodeForm<Binding>(BindingType, FORM, body, context);
  const errors = [];
  const { target } = object;
  if (target?.kind !== undefined && target.kind !== '' && target.kind !== 'Node')
    errors.push(notSupported('target.kind', target.kind, ['Node', '<empty>']));
  if (!target?.name) errors.push(required('target.name'));
  if (errors.length > 0) throw invalid('', 'Binding', object.metadata?.name ?? '', errors);
  return object;
}

/** Puts the pod on the node. Throws Conflict when it is on one, or about to go. */
function assign(pod: Pod, { target, metadata }: Binding, now: Date): void {
  const name = pod.metadata?.name ?? '';
  const { spec } = pod;
  if (pod.metadata?.deletionTimestamp !== undefined)
    throw conflict(GR, name, `pod ${name} is being deleted, cannot be assigned to a host`);
  if (spec === undefined || spec.nodeName)
    throw conflict(
      GR,
      name,
      `pod ${name} is already assigned to node ${JSON.stringify(spec?.nodeName ?? '')}`,
    );
  if ((spec.schedulingGates?.length ?? 0) > 0)
    throw conflict(GR, name, `pod ${name} has non-empty .spec.schedulingGates`);
  spec.nodeName = target.name ?? '';
  const annotations = metadata?.annotations;
  if (isObject(annotations) && pod.metadata !== undefined)
    pod.metadata.annotations = { ...pod.metadata.annotations, ...annotations };
  const labels = metadata?.labels;
  if (isObject(labels) && pod.metadata !== undefined)
    pod.metadata.labels = { ...pod.metadata.labels, ...(labels as Record<string, string>) };
  const status = pod.status ?? {};
  pod.status = status;
  const others = (status.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  const condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: RFC3339(now),
  };
  status.conditions = [...others, condition as unknown as (typeof others)[number]];
}

/** `pods/binding`, and the older `bindings`: the scheduler's decision. */
export function bindingHandlers(registry: Registry, pods: ApiResource): readonly VirtualHandler[] {
  const create: VirtualHandler['create'] = async (body, context) => {
    const binding = decodeBinding(body, context);
    const name = context.attributes.name || (binding.metadata?.name ?? '');
    const attributes: RequestAttributes = {
      ...context.attributes,
      resource: 'pods',
      subresource: 'binding',
      name,
    };
    await registry.write(
      {
        resource: pods,
        attributes,
        user: context.user,
        dryRun: context.dryRun,
        fieldManager: '',
        fieldValidation: 'Ignore',
        options: {},
        warn: context.warn,
      },
      async (write) => {
        const current = currentOf(write);
        if (current === undefined) throw notFound(pods.gr, name);
        const uid = binding.metadata?.uid;
        if (uid !== undefined && uid !== '' && uid !== current.uid)
          throw conflict(
            GR,
            name,
            `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.uid}`,
          );
        const pod = current.copy();
        assign(pod as unknown as Pod, binding, write.now);
        return finishUpdate(write, current, pod, false);
      },
    );
    return success();
  };
  return [
    {
      ...{ group: '', resource: 'pods', subresource: 'binding', create },
      form: FORM,
    },
    { group: '', resource: 'bindings', create },
  ];
}
