'use client';

import type { LucideIcon } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import type { Permission } from '../../lib/access.ts';
import { ACTION_ATTRIBUTE } from '../../lib/page-actions.ts';
import { useHydrated } from '../../lib/use-hydrated.ts';

type Look = 'plain' | 'primary' | 'danger' | 'quiet';

const LOOKS: Readonly<Record<Look, string>> = {
  plain: 'border border-line bg-surface text-ink hover:bg-sunken',
  primary: 'border border-transparent bg-accent text-accent-ink hover:brightness-110',
  danger: 'border border-line bg-surface text-broken hover:bg-broken-soft',
  quiet: 'border border-transparent text-muted hover:bg-sunken hover:text-ink',
};

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly look?: Look;
  readonly icon?: LucideIcon;
  /** Why it can't be pressed now; shown as a tooltip, and the button stays reachable by keyboard. */
  readonly blocked?: string | undefined;
  readonly children?: ReactNode;
}

export function Button({
  look = 'plain',
  icon: Icon,
  blocked = '',
  children,
  className = '',
  onClick,
  ...rest
}: ButtonProps) {
  const isBlocked = blocked !== '';
  const isHydrated = useHydrated();
  const square = children === undefined ? 'w-8 justify-center px-0' : 'px-3';
  const button = (
    <button
      type="button"
      {...rest}
      disabled={!isHydrated}
      aria-disabled={isBlocked || undefined}
      onClick={(event) => {
        if (isBlocked) event.preventDefault();
        else onClick?.(event);
      }}
      className={`inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md text-sm font-medium whitespace-nowrap aria-disabled:bg-transparent aria-disabled:text-muted aria-disabled:hover:brightness-100 ${look === 'quiet' ? 'aria-disabled:opacity-60' : 'aria-disabled:border-line'} ${square} ${LOOKS[look]} ${className}`}
    >
      {Icon === undefined ? null : <Icon aria-hidden className="size-4 shrink-0" />}
      {children}
    </button>
  );
  return isBlocked ? <Hint text={blocked}>{button}</Hint> : button;
}

/**
 * A button for an action that rights may deny: then it is disabled and says which right is missing. ⌘K offers it too, by
 * the same name, while it is on the page.
 */
export function ActionButton({
  permission,
  blocked,
  ...rest
}: ButtonProps & { readonly permission: Permission | undefined }) {
  const denied = permission === undefined || permission.allowed ? '' : permission.reason;
  const reason = denied === '' ? (blocked ?? '') : denied;
  return <Button {...rest} {...{ [ACTION_ATTRIBUTE]: reason }} blocked={reason} />;
}

/** A text that appears beside its child on hover and focus. */
export function Hint({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-80 rounded-md bg-ink px-2 py-1 text-xs text-bg shadow-pop"
        >
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
