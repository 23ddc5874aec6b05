'use client';

import { useEffect, useRef } from 'react';
import type { en } from '../messages/en.ts';

/** Whether a key press is meant for a text, an editor or a terminal. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.closest('input, textarea, select, [contenteditable="true"], .xterm, .cm-editor') !== null;
}

/** Single-key commands while nothing is being typed and no dialog is open. Keys as in `KeyboardEvent.key`, long ones in lower case. */
export function useKeys(commands: Readonly<Record<string, () => void>>): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector('[role="dialog"][aria-modal="true"]') !== null)
        return;
      const command = latest.current[event.key.length > 1 ? event.key.toLowerCase() : event.key];
      if (command === undefined) return;
      event.preventDefault();
      command();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** What the help dialog lists. */
export const KEY_HELP: readonly { readonly keys: string; readonly does: keyof typeof en.shell.help }[] = [
  { keys: '⌘K  Ctrl K', does: 'palette' },
  { keys: '/', does: 'filter' },
  { keys: 'j  k', does: 'rows' },
  { keys: 'x', does: 'select' },
  { keys: 'Enter', does: 'open' },
  { keys: 'y', does: 'yaml' },
  { keys: 'e', does: 'edit' },
  { keys: 'l', does: 'logs' },
  { keys: 's', does: 'shell' },
  { keys: 'n', does: 'namespace' },
  { keys: 'Esc', does: 'close' },
  { keys: '?', does: 'help' },
];
