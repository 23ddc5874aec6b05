'use client';

import { useQuery } from '@tanstack/react-query';
import { useText } from '../i18n/text.ts';
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

/** Whether the user may, one answer a right, in order. While the answer is under way nothing is allowed. */
export function usePermissions(rights: readonly Right[]): readonly Permission[] {
  const reasonOf = useMissingRight();
  const t = useText('common.rights');
  const { data, error } = useQuery({
    queryKey: ['access', rights],
    queryFn: () => api.access.review.query([...rights]),
    enabled: rights.length > 0,
    staleTime: STALE_MS,
  });
  return rights.map((right, index) => {
    const answer = data?.[index];
    if (answer !== undefined)
      return { allowed: answer.allowed, reason: answer.allowed ? '' : reasonOf(right) };
    return { allowed: false, reason: error === null ? t('checking') : t('unchecked') };
  });
}

/** Says which right is missing: its verb, what it is on, and where. */
export function useMissingRight(): (right: Right) => string {
  const t = useText('common.rights');
  return ({ verb, group, resource, subresource = '', namespace = '' }) => {
    const target = `${resource}${group === '' ? '' : `.${group}`}${subresource === '' ? '' : `/${subresource}`}`;
    return namespace === '' ? t('lack', { verb, target }) : t('lackIn', { verb, target, namespace });
  };
}
