'use client';

import { useCallback } from 'react';
import { useText } from '../i18n/text.ts';
import { toFailure } from './trpc.ts';

/** A failure in words: the server's own, or ours where it said nothing. */
export function useFailureText(): (error: unknown) => string {
  const t = useText('common');
  return useCallback(
    (error) => {
      const { code, message } = toFailure(error);
      return code === 'UNREACHABLE' ? t('unreachable') : message;
    },
    [t],
  );
}
