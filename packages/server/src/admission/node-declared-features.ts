import type { Node, Pod } from '@gantry/api/generated/types';
import { semanticEqual } from '@gantry/api/schema/deep-equal';
import { readObject } from '../auth/state.ts';
import type { AdmissionPlugin } from '../request.ts';
import { denied, isResource } from './denial.ts';

type Needs = (pod: Pod, old: Pod) => boolean;

const resizesInit: Needs = (pod, old) =>
  (old.spec.initContainers ?? []).some(
    ({ restartPolicy, resources }, index) =>
      restartPolicy !== 'Always' && !semanticEqual(resources, pod.spec.initContainers?.[index]?.resources),
  );

/** Features that a node declares in its status, and which updates of its pods need them; in the order of their names. */
const FEATURES: readonly (readonly [string, Needs])[] = [
  [
    'InPlacePodLevelResourcesVerticalScaling',
    (pod, old) => !semanticEqual(pod.spec.resources, old.spec.resources),
  ],
  ['InPlacePodVerticalScalingInitContainers', resizesInit],
];

/** A pod on a node is not changed in a way that the node has not declared to know. */
export const nodeDeclaredFeatureValidator: AdmissionPlugin = {
  name: 'NodeDeclaredFeatureValidator',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'pods') &&
    operation === 'UPDATE' &&
    (subresource === '' || subresource === 'resize'),
  validate(request) {
    const pod = request.object as unknown as Pod;
    const old = request.oldObject as unknown as Pod;
    const name = pod.spec.nodeName;
    if (!name || pod.metadata.generation === old.metadata.generation) return;
    const needed = FEATURES.filter(([, needs]) => needs(pod, old)).map(([feature]) => feature);
    if (needed.length === 0) return;
    const node = readObject<Node>(request.state, 'nodes', '', name);
    if (node === undefined) throw denied(request, `node ${JSON.stringify(name)} not found`);
    const missing = needed.filter((feature) => node.status?.declaredFeatures?.includes(feature) !== true);
    if (missing.length > 0)
      throw denied(
        request,
        `pod update requires features ${missing.join(', ')} which are not available on node ${JSON.stringify(name)}`,
      );
  },
};
