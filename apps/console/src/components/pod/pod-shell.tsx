'use client';

import '@xterm/xterm/css/xterm.css';
import { type ContainerState, containerState } from '@gantry/trpc/shared/container-state';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { usePermissions } from '../../lib/access.ts';
import { openShell } from '../../lib/exec.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { rightOn } from '../../lib/rights.ts';
import { ActionButton } from '../ui/button.tsx';
import { Empty, Notice } from '../ui/notice.tsx';
import { ContainerSelect, containerNames } from './container-select.tsx';

const SCROLLBACK_LINES = 5_000;

/** A terminal is dark in both themes, as people know it. */
const THEME = {
  background: '#0b0e12',
  foreground: '#e6eaf0',
  cursor: '#8ab0ff',
  selectionBackground: '#31456b',
};

type State = 'connecting' | 'open' | 'ended';

/** A shell in a container of a pod. */
export function PodShell({ objectRef, pod }: { readonly objectRef: ObjectRef; readonly pod: unknown }) {
  const t = useText('pods.shell');
  const names = containerNames(pod);
  const [chosen, setChosen] = useState('');
  const [attempt, setAttempt] = useState(0);
  const container = names.includes(chosen) ? chosen : (names[0] ?? '');
  const key = `${container} ${attempt}`;
  const running = containerState(pod, container);
  // A shell that has begun stays readable after its container has ended.
  const [begun, setBegun] = useState('');
  if (running.isRunning && begun !== key) setBegun(key);
  const [exec] = usePermissions([rightOn(objectRef, 'create', 'exec')]);
  const [state, setState] = useState<State>('connecting');
  if (exec?.allowed !== true) return <Empty title={t('none')}>{exec?.reason}</Empty>;
  return (
    <div className="flex h-full min-h-[420px] flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <ContainerSelect names={names} value={container} onChange={setChosen} />
        <ActionButton
          permission={exec}
          blocked={begun === key && state === 'ended' ? '' : t(begun === key ? 'stillRuns' : 'waits')}
          onClick={() => setAttempt(attempt + 1)}
        >
          {t('reconnect')}
        </ActionButton>
        {begun === key ? (
          <p role="status" className="text-xs text-muted">
            {t(state)}
          </p>
        ) : null}
      </div>
      {begun === key ? (
        <Screen
          key={key}
          namespace={objectRef.namespace}
          pod={objectRef.name}
          container={container}
          onState={setState}
        />
      ) : (
        <NotRunning container={container} state={running} />
      )}
    </div>
  );
}

/** A shell needs a container that runs. */
function NotRunning({ container, state }: { readonly container: string; readonly state: ContainerState }) {
  const t = useText('pods.shell');
  const { reason, message, hasEnded } = state;
  const title =
    reason === '' ? t('notRunning', { container }) : t('notRunningBecause', { container, reason });
  return (
    <Notice tone={hasEnded ? 'idle' : 'busy'} role="status" title={title}>
      {message === '' ? t('waits') : message}
    </Notice>
  );
}

function Screen({
  namespace,
  pod,
  container,
  onState,
}: {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly onState: (state: State) => void;
}) {
  const t = useText('pods.shell');
  const words = useRef(t);
  words.current = t;
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const terminal = new Terminal({
      fontFamily: 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace',
      fontSize: 12,
      scrollback: SCROLLBACK_LINES,
      cursorBlink: true,
      theme: THEME,
      screenReaderMode: true,
    });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(host.current);
    fit.fit();
    onState('connecting');
    const connection = openShell(
      { namespace, pod, container },
      {
        onOpen: () => {
          onState('open');
          connection.resize(terminal.cols, terminal.rows);
          terminal.focus();
        },
        onOutput: (bytes) => terminal.write(bytes),
        onEnd: (end) => {
          onState('ended');
          const reason = typeof end === 'string' ? words.current(end) : end.message;
          terminal.write(`\r\n\x1b[2m${reason}\x1b[0m\r\n`);
        },
      },
    );
    terminal.onData((text) => connection.send(text));
    terminal.onResize(({ cols, rows }) => connection.resize(cols, rows));
    const observer = new ResizeObserver(() => fit.fit());
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      connection.close();
      terminal.dispose();
    };
  }, [namespace, pod, container, onState]);
  return (
    <section
      ref={host}
      aria-label={t('label', { container })}
      className="min-h-0 flex-1 overflow-hidden rounded-md border border-line bg-[#0b0e12] p-2"
    />
  );
}
