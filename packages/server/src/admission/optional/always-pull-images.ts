import type { Container, Pod } from '@gantry/api/generated/types';
import { formatFieldError, notSupported } from '@gantry/machinery/field-error';
import type { AdmissionPlugin, AdmissionRequest } from '../../request.ts';
import { denied, isResource } from '../denial.ts';

const ALWAYS = 'Always';

interface Pulled {
  readonly path: string;
  readonly container: Pick<Container, 'image' | 'imagePullPolicy'>;
}

function containersOf({ spec }: Pod): Pulled[] {
  const lists = [
    ['initContainers', spec.initContainers],
    ['containers', spec.containers],
    ['ephemeralContainers', spec.ephemeralContainers],
  ] as const;
  return lists.flatMap(([name, list]) =>
    (list ?? []).map((container, index) => ({ path: `spec.${name}[${index}]`, container })),
  );
}

function hasNewImages({ operation, object, oldObject }: AdmissionRequest): boolean {
  if (operation !== 'UPDATE') return true;
  const old = new Set(containersOf(oldObject as unknown as Pod).map(({ container }) => container.image));
  return containersOf(object as unknown as Pod).some(({ container }) => !old.has(container.image));
}

/** Every start of a container proves anew that its image may be pulled. */
export const alwaysPullImages: AdmissionPlugin = {
  name: 'AlwaysPullImages',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'pods') && subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  mutate(request) {
    if (!hasNewImages(request)) return;
    const pod = request.object as unknown as Pod;
    for (const { container } of containersOf(pod)) container.imagePullPolicy = ALWAYS;
    for (const { image } of pod.spec.volumes ?? []) if (image !== undefined) image.pullPolicy = ALWAYS;
  },
  validate(request) {
    if (!hasNewImages(request)) return;
    const pod = request.object as unknown as Pod;
    const faults = containersOf(pod)
      .filter(({ container }) => container.imagePullPolicy !== ALWAYS)
      .map(({ path, container }) =>
        notSupported(`${path}.imagePullPolicy`, container.imagePullPolicy ?? '', [ALWAYS]),
      );
    for (const [index, { image }] of (pod.spec.volumes ?? []).entries())
      if (image !== undefined && image.pullPolicy !== ALWAYS)
        faults.push(
          notSupported(`spec.volumes[${index}].image.pullPolicy`, image.pullPolicy ?? '', [ALWAYS]),
        );
    const [first] = faults;
    if (first !== undefined) throw denied(request, formatFieldError(first));
  },
};
