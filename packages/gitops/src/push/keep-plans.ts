import type { Application, PlanStatus } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import { applications } from '@gantry/client/resources';
import type { KeptPlans } from '../plan/kept-plans.ts';

/** What a push would do to one Application. */
export interface PushPlan {
  readonly application: Application;
  readonly commit: string;
  /** The branch or tag that was pushed. */
  readonly ref: string;
  readonly status: PlanStatus;
}

export interface KeepParts {
  readonly client: Client;
  readonly kept: KeptPlans;
}

/** Keeps the plans of a push, those of an Application that the push itself made too. Never rejects. */
export async function keepPlans({ client, kept }: KeepParts, made: readonly PushPlan[]): Promise<void> {
  for (const { application, commit, ref, status } of made) {
    const { namespace = '', name, uid } = application.metadata;
    const owner =
      uid === undefined
        ? await client.get<Application>(applications, namespace, name).catch(() => undefined)
        : application;
    if (owner !== undefined) await kept.keep(owner, commit, ref, status);
  }
}
