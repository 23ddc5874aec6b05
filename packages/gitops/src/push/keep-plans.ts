import type { Application } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { applications } from '@gantry/client/resources';
import type { KeptPlans, PushPlan } from '../plan/kept-plans.ts';

export interface KeepParts {
  readonly client: Client;
  readonly kept: KeptPlans;
}

/** Keeps the plans of a push, those of an Application that the push itself made too. Never rejects. */
export async function keepPlans({ client, kept }: KeepParts, made: readonly PushPlan[]): Promise<void> {
  for (const plan of made) {
    const { namespace = '', name, uid } = plan.application.metadata;
    const application =
      uid === undefined
        ? await client.get<Application>(applications, namespace, name).catch(() => undefined)
        : plan.application;
    if (application !== undefined) await kept.keep({ ...plan, application });
  }
}
