import type {
  Eviction,
  Pod,
  PodCondition,
  PodDisruptionBudget,
  Preconditions,
} from '@gantry/api/generated/types';
import type { KindDefinition } from '@gantry/api/kind';
import { Eviction as EvictionType } from '@gantry/api/policy/v1/eviction';
import { type LabelSelectorObject, matchesSelectorObject } from '@gantry/machinery/label-selector';
import type { AnyObject } from '@gantry/machinery/object';
import { badRequest, conflict, failure, isStatusError, type StatusError } from '@gantry/machinery/status';
import type { HandlerContext, VirtualHandler } from '../../handler.ts';
import { decodeForm } from '../decode-form.ts';
import { RFC3339 } from '../write.ts';
import { success } from './binding.ts';

const FORM = { group: 'policy', version: 'v1', kind: 'Eviction', older: ['v1beta1'] };
const MESSAGE = "Cannot evict pod as it would violate the pod's disruption budget.";
const DISRUPTION = 'DisruptionTarget';
const MAX_DISRUPTED = 2000;
const RETRY_SECONDS = 10;

/** Without a time to retry after, clients see the refusal at once; with one they repeat the request by themselves. */
const violates = (message: string, retryAfterSeconds?: number): StatusError =>
  failure(429, 'TooManyRequests', MESSAGE, {
    causes: [{ reason: 'DisruptionBudget', message }],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });

function isReady({ status }: Pod): boolean {
  return status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
}

/** A pod that is over, pending or going disrupts nobody. */
function needsNoBudget({ metadata, status }: Pod): boolean {
  const phase = status?.phase;
  return (
    metadata?.deletionTimestamp !== undefined ||
    phase === 'Succeeded' ||
    phase === 'Failed' ||
    phase === 'Pending'
  );
}

/** A pod that is not ready may go without the budget, as its policy says. */
function mayIgnoreBudget(pod: Pod, { spec, status }: PodDisruptionBudget): boolean {
  if (isReady(pod)) return false;
  if (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return (status?.desiredHealthy ?? 0) > 0 && (status?.currentHealthy ?? 0) >= (status?.desiredHealthy ?? 0);
}

/** Takes one disruption from the budget's status. Throws TooManyRequests when none is left. */
function spend(budget: PodDisruptionBudget, podName: string, now: Date): void {
  const { metadata, status } = budget;
  const name = metadata?.name ?? '';
  if (status === undefined || (status.observedGeneration ?? 0) < (metadata?.generation ?? 0))
    throw violates(`The disruption budget ${name} is still being processed by the server.`, RETRY_SECONDS);
  const allowed = status.disruptionsAllowed ?? 0;
  if (allowed < 0)
    throw failure(
      403,
      'Forbidden',
      `poddisruptionbudgets.policy ${JSON.stringify(name)} is forbidden: pdb disruptions allowed is negative`,
    );
  if (Object.keys(status.disruptedPods ?? {}).length > MAX_DISRUPTED)
    throw failure(
      403,
      'Forbidden',
      `poddisruptionbudgets.policy ${JSON.stringify(name)} is forbidden: DisruptedPods map too big - too many evictions not confirmed by PDB controller`,
    );
  if (allowed === 0)
    throw violates(
      `The disruption budget ${name} needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`,
    );
  status.disruptionsAllowed = allowed - 1;
  status.disruptedPods = { ...status.disruptedPods, [podName]: RFC3339(now) };
}

function budgetsFor(context: HandlerContext, pod: Pod): readonly PodDisruptionBudget[] {
  const { namespace } = context.attributes;
  const budgets = context.state.list(
    'poddisruptionbudgets.policy',
    namespace,
  ) as unknown as readonly PodDisruptionBudget[];
  return budgets.filter(({ spec }) =>
    matchesSelectorObject(spec?.selector as LabelSelectorObject | undefined, pod.metadata?.labels),
  );
}

async function spendBudget(budgets: KindDefinition, pod: Pod, context: HandlerContext): Promise<void> {
  const [budget, second] = budgetsFor(context, pod);
  if (budget === undefined || mayIgnoreBudget(pod, budget)) return;
  if (second !== undefined)
    throw failure(
      500,
      'InternalError',
      'Internal error occurred: This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  const { name, namespace } = context.attributes;
  try {
    await context.registry.modify(
      budgets,
      namespace,
      budget.metadata?.name ?? '',
      context.user,
      (live: AnyObject) => spend(live as unknown as PodDisruptionBudget, name, new Date()),
      { subresource: 'status', dryRun: context.dryRun },
    );
  } catch (error) {
    // The budget went away meanwhile: nothing stands in the way.
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}

/** Says in the pod's status why it goes; controllers read it there. Returns the version that this makes. */
async function markDisrupted(
  pods: KindDefinition,
  preconditions: Preconditions,
  context: HandlerContext,
): Promise<string | undefined> {
  const { name, namespace } = context.attributes;
  const change = (live: AnyObject): void => {
    assertPreconditions(preconditions, live);
    const pod = live as unknown as Pod;
    const status = pod.status ?? {};
    pod.status = status;
    const conditions = status.conditions ?? [];
    const known = conditions.find(({ type }) => type === DISRUPTION);
    const condition = {
      type: DISRUPTION,
      status: 'True',
      lastTransitionTime: known?.status === 'True' ? known.lastTransitionTime : RFC3339(new Date()),
      reason: 'EvictionByEvictionAPI',
      message: 'Eviction API: evicting',
    } as PodCondition;
    status.conditions =
      known === undefined
        ? [...conditions, condition]
        : conditions.map((one) => (one === known ? condition : one));
  };
  const marked = await context.registry.modify(pods, namespace, name, context.user, change, {
    subresource: 'status',
    admitted: true,
  });
  return marked.metadata.resourceVersion;
}

/** Throws Conflict when the client meant another pod, or another version of it. */
function assertPreconditions({ uid, resourceVersion }: Preconditions, { metadata }: AnyObject): void {
  const pods = { group: '', resource: 'Pod' };
  if (uid !== undefined && uid !== '' && uid !== metadata.uid)
    throw conflict(
      pods,
      metadata.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid ?? ''}). The object might have been deleted and then recreated`,
    );
  if (resourceVersion !== undefined && resourceVersion !== '' && resourceVersion !== metadata.resourceVersion)
    throw conflict(
      pods,
      metadata.name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion ?? ''}). The object might have been modified`,
    );
}

/** `pods/eviction`: a delete that respects the PodDisruptionBudget. https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/ */
export function evictionHandler(pods: KindDefinition, budgets: KindDefinition): VirtualHandler {
  return {
    group: '',
    resource: 'pods',
    subresource: 'eviction',
    form: FORM,
    async create(body, context) {
      const eviction = decodeForm<Eviction>(EvictionType, FORM, body, context);
      const { name, namespace } = context.attributes;
      if (eviction.metadata?.name && eviction.metadata.name !== name)
        throw badRequest('name in URL does not match name in Eviction object');
      const pod = (await context.registry.get(pods, namespace, name)) as unknown as Pod;
      if (!needsNoBudget(pod)) await spendBudget(budgets, pod, context);
      const { gracePeriodSeconds, preconditions } = eviction.deleteOptions ?? {};
      const dryRun = context.dryRun || (eviction.deleteOptions?.dryRun?.length ?? 0) > 0;
      const version = dryRun ? undefined : await markDisrupted(pods, preconditions ?? {}, context);
      await context.registry.delete(pods, namespace, name, context.user, {
        admitted: true,
        dryRun,
        ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
        ...(preconditions?.uid === undefined ? {} : { uid: preconditions.uid }),
        ...(preconditions?.resourceVersion === undefined
          ? {}
          : { resourceVersion: version ?? preconditions.resourceVersion }),
      });
      return success();
    },
  };
}
