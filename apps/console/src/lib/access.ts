'use client';

import { useQuery } from '@tanstack/react-query';
import { api } from './trpc.ts';

/** A right that an action needs. */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

export interface Permission {
  readonly allowed: boolean;
  /** Why not, in words; '' when allowed. */
  readonly reason: string;
}

const STALE_MS = 30_000;
const ASKING: Permission = { allowed: false, reason: 'Checking your rights …' };

/** Whether the user may, one answer a right, in order. While the answer is under way nothing is allowed. */
export function usePermissions(rights: readonly Right[]): readonly Permission[] {
  const { data, error } = useQuery({
    queryKey: ['access', rights],
    queryFn: () => api.access.review.query([...rights]),
    enabled: rights.length > 0,
    staleTime: STALE_MS,
  });
  return rights.map((_, index) => {
    const answer = data?.[index];
    if (answer !== undefined)
      return { allowed: answer.allowed, reason: answer.allowed ? '' : `You lack ${answer.missing}` };
    return error === null ? ASKING : { allowed: false, reason: 'Your rights could not be checked' };
  });
}
