'use client';

import { useEffect, useState } from 'react';

/** An action of the page that is shown. */
export interface PageAction {
  readonly key: string;
  readonly label: string;
  /** Why it can't be taken now; '' when it can. */
  readonly blocked: string;
  run(): void;
}

const ACTIONS_MAX = 60;

/** What marks a button as an action of its page, and says why it is blocked. */
export const ACTION_ATTRIBUTE = 'data-action';

/** The actions that stand on the page, in their order, under the names that their buttons have. */
function pageActions(): readonly PageAction[] {
  const seen = new Set<string>();
  return [...document.querySelectorAll<HTMLButtonElement>(`main [${ACTION_ATTRIBUTE}]`)]
    .slice(0, ACTIONS_MAX)
    .flatMap((button) => {
      const label = (button.getAttribute('aria-label') ?? button.textContent).trim();
      if (label === '' || seen.has(label)) return [];
      seen.add(label);
      return [
        {
          key: `action ${label}`,
          label,
          blocked: button.getAttribute(ACTION_ATTRIBUTE) ?? '',
          run: () => button.click(),
        },
      ];
    });
}

/** The actions of the page while `isOpen`, as they come, go and become allowed. */
export function usePageActions(isOpen: boolean): readonly PageAction[] {
  const [actions, setActions] = useState<readonly PageAction[]>([]);
  useEffect(() => {
    const page = document.querySelector('main');
    if (!isOpen || page === null) return setActions([]);
    setActions(pageActions());
    const observer = new MutationObserver(() => setActions(pageActions()));
    observer.observe(page, {
      ...{ subtree: true, childList: true },
      attributeFilter: [ACTION_ATTRIBUTE, 'aria-label'],
    });
    return () => observer.disconnect();
  }, [isOpen]);
  return actions;
}
