import type { AnyObject } from '@gantry/machinery/object';
import {
  type Assess,
  conditionOf,
  conditionsOf,
  degraded,
  type Health,
  type HealthStatus,
  healthy,
  holding,
  isObserved,
  number,
  progressing,
  specOf,
  statusOf,
  suspended,
  UNOBSERVED,
  wordsOf,
} from './assessment.ts';

function namespaceHealth(namespace: AnyObject): Health {
  if (statusOf(namespace).phase !== 'Terminating') return healthy();
  const why = [
    'NamespaceDeletionDiscoveryFailure',
    'NamespaceDeletionContentFailure',
    'NamespaceFinalizersRemaining',
    'NamespaceContentRemaining',
  ]
    .map((type) => holding(namespace, type))
    .find((condition) => condition !== undefined);
  return progressing(why === undefined ? 'terminating' : `terminating; ${wordsOf(why)}`);
}

function nodeHealth(node: AnyObject): Health {
  const ready = conditionOf(node, 'Ready');
  if (ready === undefined) return progressing('its agent has not reported yet');
  if (ready.status === 'Unknown') return degraded(`its agent has not reported lately; ${wordsOf(ready)}`);
  if (ready.status !== 'True') return degraded(wordsOf(ready));
  const pressure = conditionsOf(node).filter(
    ({ type, status }) => type !== 'Ready' && status === 'True' && /Pressure$|Unavailable$/.test(type),
  );
  if (pressure.length > 0) return degraded(pressure.map((condition) => wordsOf(condition)).join('; '));
  return specOf(node).unschedulable === true ? suspended('cordoned: takes no new pods') : healthy('ready');
}

function definitionHealth(definition: AnyObject): Health {
  const names = conditionOf(definition, 'NamesAccepted');
  if (names?.status === 'False') return degraded(wordsOf(names));
  const schema = holding(definition, 'NonStructuralSchema');
  if (schema !== undefined) return degraded(wordsOf(schema));
  if (holding(definition, 'Terminating') !== undefined) return progressing('terminating');
  return holding(definition, 'Established') === undefined ? progressing('being established') : healthy();
}

function apiServiceHealth(service: AnyObject): Health {
  const available = conditionOf(service, 'Available');
  if (available === undefined) return progressing('not looked at yet');
  return available.status === 'True' ? healthy() : degraded(wordsOf(available));
}

function signingRequestHealth(request: AnyObject): Health {
  const refused = holding(request, 'Denied') ?? holding(request, 'Failed');
  if (refused !== undefined) return degraded(`${refused.type.toLowerCase()}: ${wordsOf(refused)}`);
  if (statusOf(request).certificate !== undefined) return healthy('signed');
  return holding(request, 'Approved') === undefined
    ? suspended('waits for somebody to approve it')
    : progressing('approved; waits for its signer');
}

function autoscalerHealth(scaler: AnyObject): Health {
  const able = conditionOf(scaler, 'AbleToScale');
  if (able?.status === 'False') return degraded(`it can't scale: ${wordsOf(able)}`);
  const active = conditionOf(scaler, 'ScalingActive');
  if (active?.status === 'False') {
    // Scaled to nothing by hand: it does what it was told.
    if (active.reason === 'ScalingDisabled') return suspended(wordsOf(active));
    return degraded(`it doesn't scale: ${wordsOf(active)}`);
  }
  const { currentReplicas, desiredReplicas } = statusOf(scaler);
  if (able === undefined && active === undefined && desiredReplicas === undefined) return UNOBSERVED;
  const limited = holding(scaler, 'ScalingLimited');
  const numbers = `${number(currentReplicas)} of ${number(desiredReplicas)} replicas`;
  return healthy(limited === undefined ? numbers : `${numbers}; ${wordsOf(limited)}`);
}

function disruptionBudgetHealth(budget: AnyObject): Health {
  if (!isObserved(budget)) return UNOBSERVED;
  const failed = conditionOf(budget, 'DisruptionAllowed');
  if (failed?.reason === 'SyncFailed') return degraded(wordsOf(failed));
  const { currentHealthy, desiredHealthy, disruptionsAllowed } = statusOf(budget);
  // That none may go now is what the budget is for, and no failure of it.
  return healthy(
    `healthy pods: ${number(currentHealthy)}, needed: ${number(desiredHealthy)}, may be disrupted: ${number(disruptionsAllowed)}`,
  );
}

function quotaHealth(quota: AnyObject): Health {
  const { hard, used } = statusOf(quota) as {
    hard?: Record<string, string>;
    used?: Record<string, string>;
  };
  const full = Object.keys(hard ?? {}).filter(
    (name) => hard?.[name] !== '0' && hard?.[name] === used?.[name],
  );
  return healthy(full.length === 0 ? '' : `used up: ${full.join(', ')}`);
}

function flowSchemaHealth(schema: AnyObject): Health {
  const dangling = holding(schema, 'Dangling');
  return dangling === undefined ? healthy() : degraded(wordsOf(dangling));
}

function admissionPolicyHealth(policy: AnyObject): Health {
  const checking = statusOf(policy).typeChecking as
    | { expressionWarnings?: readonly { fieldRef?: string; warning?: string }[] }
    | undefined;
  const [first] = checking?.expressionWarnings ?? [];
  return first === undefined ? healthy() : degraded(`${first.fieldRef ?? ''}: ${first.warning ?? ''}`);
}

function applicationHealth(application: AnyObject): Health {
  const { health, message } = statusOf(application);
  if (health === undefined) return UNOBSERVED;
  return { status: health as HealthStatus, message: String(message ?? '') };
}

function planHealth(plan: AnyObject): Health {
  const { phase, message } = statusOf(plan);
  if (phase === 'Ready') return healthy();
  return phase === 'Refused' || phase === 'Failed'
    ? degraded(String(message ?? phase))
    : progressing('being made');
}

export const clusterKinds: Readonly<Record<string, Assess>> = {
  '/Namespace': namespaceHealth,
  '/Node': nodeHealth,
  '/ResourceQuota': quotaHealth,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionHealth,
  'apiregistration.k8s.io/APIService': apiServiceHealth,
  'certificates.k8s.io/CertificateSigningRequest': signingRequestHealth,
  'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
  'policy/PodDisruptionBudget': disruptionBudgetHealth,
  'flowcontrol.apiserver.k8s.io/FlowSchema': flowSchemaHealth,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': admissionPolicyHealth,
  'gitops.gantry.dev/Application': applicationHealth,
  'gitops.gantry.dev/Plan': planHealth,
};
