'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { LiveChanges, type LiveState, type LiveTopic } from './live-changes.ts';

export const LiveContext = createContext<LiveChanges | undefined>(undefined);

const useLiveChanges = (): LiveChanges => {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('LiveContext is missing');
  return live;
};

/** Reads `queryKey` anew whenever the topics change on the server. */
export function useLive(topics: readonly LiveTopic[], queryKey: readonly unknown[]): void {
  const live = useLiveChanges();
  const client = useQueryClient();
  const text = JSON.stringify([topics, queryKey]);
  useEffect(() => {
    const [watched, key] = JSON.parse(text) as [LiveTopic[], unknown[]];
    const stops = watched.map((topic) =>
      live.watch(topic, () => void client.invalidateQueries({ queryKey: key })),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [live, client, text]);
}

/** Whether the stream of changes stands. */
export function useLiveState(): LiveState {
  const live = useLiveChanges();
  const [state, setState] = useState(live.state);
  useEffect(() => live.onState(setState), [live]);
  return state;
}

export function useNewLiveChanges(): LiveChanges {
  const live = useMemo(() => new LiveChanges(), []);
  useEffect(() => () => live.close(), [live]);
  return live;
}
