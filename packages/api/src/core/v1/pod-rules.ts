import { forbidden, invalid } from '@gantry/machinery/field-error';
import { deepClone, deepEqual } from '@gantry/machinery/json';
import type { Pod } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { addressWarnings } from '../../validation/address-warnings.ts';
import type { Errors } from '../../validation/common.ts';
import { goDifference } from '../../validation/go-difference.ts';
import { podQOSClass } from './pod-qos.ts';
import { resizedSpec, validatePodResize } from './pod-resize.ts';
import { defaultPod, defaultPodSpec } from './pod-spec-defaults.ts';
import { validatePodSpec } from './pod-spec-validation/pod-spec.ts';
import { validatePodUpdate } from './pod-spec-validation/pod-update.ts';
import { podStatusErrors, prepareStatusUpdate } from './pod-status-rules.ts';
import { podSpecWarnings } from './pod-warnings.ts';
import { EphemeralContainer } from './types/container.ts';

export const podRules: KindRules<Pod> = {
  warnings: (pod) => podSpecWarnings(pod.spec, 'spec'),
  statusWarnings: ({ status }) =>
    (['podIPs', 'hostIPs'] as const).flatMap((list) =>
      (status?.[list] ?? []).flatMap(({ ip }, index) => addressWarnings(ip, `status.${list}[${index}].ip`)),
    ),
  defaults(pod) {
    defaultPodSpec(pod.spec);
    defaultPod(pod.spec);
  },
  prepareForCreate(pod, { now }) {
    const gated = (pod.spec.schedulingGates ?? []).length > 0;
    pod.status = {
      phase: 'Pending',
      qosClass: podQOSClass(pod.spec),
      ...(gated
        ? {
            conditions: [
              {
                type: 'PodScheduled',
                status: 'False',
                lastProbeTime: null as never,
                lastTransitionTime: `${now.toISOString().slice(0, 19)}Z`,
                reason: 'SchedulingGated',
                message: 'Scheduling is blocked due to non-empty scheduling gates',
              },
            ],
          }
        : {}),
    };
  },
  prepareForUpdate(pod, old, { subresource }) {
    if (subresource === 'status') prepareStatusUpdate(pod, old);
    else if (subresource === 'ephemeralcontainers') {
      const { ephemeralContainers: _before, ...rest } = deepClone(old.spec);
      const wanted = pod.spec.ephemeralContainers;
      pod.spec = wanted === undefined ? rest : { ...rest, ephemeralContainers: wanted };
      restoreStatus(pod, old);
    } else if (subresource === 'resize') {
      pod.spec = resizedSpec(pod.spec, old.spec);
      restoreStatus(pod, old);
    }
  },
  validate(pod, { subresource }) {
    const errors: Errors = [];
    if (subresource !== '') return errors;
    validatePodSpec(pod.spec, 'spec', errors, true, pod.metadata.name);
    if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined && !pod.spec.nodeName)
      errors.push(
        invalid(
          'metadata.annotations[kubernetes.io/config.mirror]',
          pod.metadata.annotations['kubernetes.io/config.mirror'],
          'must set spec.nodeName if mirror pod annotation is set',
        ),
      );
    // Without a version it was never stored: this is a create.
    if (pod.metadata.resourceVersion === undefined) {
      if ((pod.spec.ephemeralContainers ?? []).length > 0)
        errors.push(forbidden('spec.ephemeralContainers', 'cannot be set on create'));
      if (pod.spec.nodeName && (pod.spec.schedulingGates ?? []).length > 0)
        errors.push(forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
    }
    return errors;
  },
  validateStatusUpdate: podStatusErrors,
  validateUpdate(pod, old, { subresource }) {
    const errors: Errors = [];
    if (subresource === '') validatePodUpdate(pod, old, errors);
    if (subresource === 'ephemeralcontainers') validateEphemeralUpdate(pod, old, errors);
    if (subresource === 'resize') {
      validatePodSpec(pod.spec, 'spec', errors, true, pod.metadata.name);
      validatePodResize(pod, old, errors);
    }
    return errors;
  },
};

function restoreStatus(pod: Pod, old: Pod): void {
  if (old.status === undefined) delete pod.status;
  else pod.status = deepClone(old.status);
}

function validateEphemeralUpdate(pod: Pod, old: Pod, errors: Errors): void {
  validatePodSpec(pod.spec, 'spec', errors, true, pod.metadata.name);
  const now = new Map((pod.spec.ephemeralContainers ?? []).map((one) => [one.name, one]));
  for (const container of old.spec.ephemeralContainers ?? []) {
    const kept = now.get(container.name);
    const text = JSON.stringify(container.name);
    if (kept === undefined)
      errors.push(
        forbidden('spec.ephemeralContainers', `existing ephemeral containers ${text} may not be removed\n`),
      );
    else if (!deepEqual(kept, container))
      errors.push(
        forbidden(
          'spec.ephemeralContainers',
          `existing ephemeral containers ${text} may not be changed\n${goDifference(EphemeralContainer, container, kept)}`,
        ),
      );
  }
}
