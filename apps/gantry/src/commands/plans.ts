import type { Application, Plan } from '@gantry/api/generated/types';
import { plans as planResource } from '@gantry/client/resources';
import type { Connection } from './app-client.ts';
import type { RawAppOptions } from './app-options.ts';
import { table } from './app-text.ts';
import { planText } from './plan-text.ts';
import { print } from './print.ts';

/** `gantry app plans`: the Plans of an Application, newest first, or one of them. */
export async function plans(
  { client }: Connection,
  { metadata: { namespace = '', name } }: Application,
  { output }: RawAppOptions,
  planName: string | undefined,
): Promise<number> {
  if (planName !== undefined) {
    const plan = await client.get<Plan>(planResource, namespace, planName);
    return print(output, plan, () => planText(plan));
  }
  const { items } = await client.list<Plan>(planResource, { namespace });
  const own = items
    .filter(({ spec }) => spec.application === name)
    .sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
  return print(output, own, () => plansText(own));
}

const timeOf = ({ metadata, status }: Plan): string => status?.time ?? metadata.creationTimestamp ?? '';

const plansText = (all: readonly Plan[]): string =>
  table([
    ['TIME', 'PLAN', 'COMMIT', 'PHASE', 'CREATE', 'CHANGE', 'PRUNE', 'MESSAGE'],
    ...all.map((plan) => {
      const { metadata, status = {} } = plan;
      return [
        timeOf(plan),
        metadata.name,
        status.commit?.slice(0, 7) ?? '',
        status.phase ?? 'Pending',
        String(status.created ?? 0),
        String(status.changed ?? 0),
        String(status.pruned ?? 0),
        status.message?.split('\n')[0]?.slice(0, 100) ?? '',
      ];
    }),
  ]);
