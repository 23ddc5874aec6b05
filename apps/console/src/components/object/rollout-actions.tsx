'use client';

import { Pause, Play } from 'lucide-react';
import { useText } from '../../i18n/text.ts';
import type { Permission } from '../../lib/access.ts';
import { at, text } from '../../lib/fields.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { ActionButton } from '../ui/button.tsx';

/** Holds the rollout of a Deployment, or a Job or CronJob, and lets it go on. */
export function RolloutActions({
  objectRef,
  object,
  patch,
}: {
  readonly objectRef: ObjectRef;
  readonly object: unknown;
  readonly patch: Permission | undefined;
}) {
  const t = useText('objects.actions');
  const act = useAct();
  const { name } = objectRef;
  const path = `${text(object, 'apiVersion')}/${text(object, 'kind')}`;
  if (path === 'apps/v1/Deployment') {
    const paused = at(object, 'spec.paused') === true;
    return (
      <ActionButton
        icon={paused ? Play : Pause}
        permission={patch}
        onClick={() =>
          act(
            () => api.workloads.pause.mutate({ ref: objectRef, paused: !paused }),
            paused ? t('resumed', { name }) : t('paused', { name }),
          )
        }
      >
        {paused ? t('resume') : t('pause')}
      </ActionButton>
    );
  }
  if (path !== 'batch/v1/CronJob' && path !== 'batch/v1/Job') return null;
  const suspended = at(object, 'spec.suspend') === true;
  return (
    <ActionButton
      icon={suspended ? Play : Pause}
      permission={patch}
      onClick={() =>
        act(
          () => api.workloads.suspend.mutate({ ref: objectRef, suspended: !suspended }),
          suspended ? t('unsuspended', { name }) : t('suspended', { name }),
        )
      }
    >
      {suspended ? t('unsuspend') : t('suspend')}
    </ActionButton>
  );
}
