'use client';

import { useCallback } from 'react';
import { useToast } from '../components/ui/toast.tsx';
import { useFailureText } from './use-failure-text.ts';

/** Runs an action and says what became of it. Resolves true when it was done. */
export function useAct(): (action: () => Promise<unknown>, done: string) => Promise<boolean> {
  const say = useToast();
  const failureText = useFailureText();
  return useCallback(
    async (action, done) => {
      try {
        await action();
        say('done', done);
        return true;
      } catch (error) {
        say('failed', failureText(error));
        return false;
      }
    },
    [say, failureText],
  );
}
