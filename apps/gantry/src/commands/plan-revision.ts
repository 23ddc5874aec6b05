import type { Application, Plan } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { plans } from '@gantry/client/resources';
import { waitUntil } from './app-wait.ts';
import { planText } from './plan-text.ts';

const API_VERSION = 'gitops.gantry.dev/v1alpha1';
const WAIT_SECONDS = 120;
/** Leaves room for the made-up end of a name. */
const NAME_MAX = 240;

/** Asks the sync for a Plan of a branch, tag or commit, which is kept, and prints it. It may be Pending still. */
export async function planRevision(
  client: Client,
  { metadata }: Application,
  revision: string,
  isJson: boolean,
): Promise<Plan> {
  const { name, namespace = '', uid = '' } = metadata;
  const path = `/apis/${API_VERSION}/namespaces/${encodeURIComponent(namespace)}/plans`;
  // Owned by the Application, so that it goes with it, and when there are many newer ones.
  const made = await client.request<Plan>('POST', path, {
    apiVersion: API_VERSION,
    kind: 'Plan',
    metadata: {
      generateName: `${name.slice(0, NAME_MAX)}-`,
      ownerReferences: [{ apiVersion: API_VERSION, kind: 'Application', name, uid }],
    },
    spec: { application: name, revision },
  });
  let plan = made;
  const later = `kubectl -n ${namespace} get plan ${made.metadata.name}`;
  await waitUntil(WAIT_SECONDS, later, async () => {
    plan = await client.get<Plan>(plans, namespace, made.metadata.name);
    if ((plan.status?.phase ?? 'Pending') === 'Pending') return { type: 'waiting', on: '' };
    const text = isJson ? JSON.stringify(plan, null, 2) : planText(plan).trimEnd();
    return plan.status?.phase === 'Ready' || isJson ? { type: 'done', text } : { type: 'failed', text };
  });
  return plan;
}
