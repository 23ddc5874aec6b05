'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLive } from '../../lib/live.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { api, type Outputs } from '../../lib/trpc.ts';

export type WorkloadPods = Outputs['workloads']['pods'];

const PODS = { group: '', version: 'v1', plural: 'pods' };

/** The pods of a workload by its selector, kept true. */
export function useWorkloadPods(objectRef: ObjectRef) {
  const queryKey = ['workload-pods', objectRef];
  useLive([{ resource: PODS, namespace: objectRef.namespace }], queryKey);
  return useQuery({
    queryKey,
    queryFn: () => api.workloads.pods.query(objectRef),
    placeholderData: keepPreviousData,
    retry: false,
  });
}
