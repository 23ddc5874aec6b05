'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { LiveContext, useLiveState } from '../../lib/live.ts';
import { Button } from '../ui/button.tsx';
import { ToneIcon } from '../ui/status.tsx';

/** A short break is nobody's business. */
const PATIENCE_MS = 1_500;

/** What was missed is read anew as soon as the stream stands again. */
function useRefreshAfterLoss(lost: boolean): void {
  const client = useQueryClient();
  const wasLost = useRef(false);
  useEffect(() => {
    if (wasLost.current && !lost) void client.invalidateQueries();
    wasLost.current = lost;
  }, [lost, client]);
}

/** Says that what is shown may be old, until the stream of changes stands again. */
export function ConnectionBanner() {
  const t = useText('shell');
  const live = useContext(LiveContext);
  const lost = useLiveState() === 'lost';
  const [shown, setShown] = useState(false);
  useRefreshAfterLoss(lost);
  useEffect(() => {
    if (!lost) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [lost]);
  if (!shown) return null;
  return (
    <div
      role="alert"
      className="flex shrink-0 items-center gap-2 border-b border-drift bg-drift-soft px-4 py-1.5"
    >
      <ToneIcon tone="drift" />
      <p className="flex-1">{t('lost')}</p>
      <Button onClick={() => live?.reconnect()}>{t('tryNow')}</Button>
    </div>
  );
}
