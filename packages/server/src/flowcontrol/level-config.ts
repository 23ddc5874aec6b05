import type { PriorityLevelConfiguration } from '@gantry/api/generated/types';
import type { LevelConfig } from './priority-level.ts';

/** What the object says, or undefined when it can't be followed: validation lets none of these in. */
export function levelConfig({ metadata, spec }: PriorityLevelConfiguration): LevelConfig | undefined {
  const { name = '', uid = '' } = metadata;
  const { type, limited, exempt } = spec;
  const base = { name, uid };
  if (type === 'Exempt') {
    if (name !== 'exempt' || limited !== undefined) return undefined;
    return {
      ...base,
      exempt: true,
      shares: exempt?.nominalConcurrencyShares ?? 0,
      lendablePercent: exempt?.lendablePercent ?? 0,
      borrowingLimitPercent: undefined,
      queuing: undefined,
    };
  }
  if (limited === undefined || name === 'exempt') return undefined;
  const queuing = limited.limitResponse?.queuing;
  if ((limited.limitResponse?.type === 'Queue') !== (queuing !== undefined)) return undefined;
  return {
    ...base,
    exempt: false,
    shares: limited.nominalConcurrencyShares ?? 30,
    lendablePercent: limited.lendablePercent ?? 0,
    borrowingLimitPercent: limited.borrowingLimitPercent ?? undefined,
    queuing:
      queuing === undefined
        ? undefined
        : {
            queues: queuing.queues ?? 64,
            handSize: queuing.handSize ?? 8,
            lengthLimit: queuing.queueLengthLimit ?? 50,
          },
  };
}
