'use client';

import { CircleHelp, Menu, Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { useKeys } from '../../lib/keys.ts';
import { useLiveState } from '../../lib/live.ts';
import { useMe } from '../../lib/queries.ts';
import { useTypedBefore } from '../../lib/use-hydrated.ts';
import { Button } from '../ui/button.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { Logo } from './logo.tsx';
import { NamespaceSwitch } from './namespace-switch.tsx';
import { Palette } from './palette.tsx';
import { Sidebar } from './sidebar.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { UserMenu } from './user-menu.tsx';

/** Leaves for the sign-in page when the session has ended or has a first password, and comes back afterwards. */
function useSignedIn(): void {
  const me = useMe();
  const live = useLiveState();
  const ended = (me.isSuccess && me.data === null) || live === 'signed-out';
  const mustChange = me.data?.mustChangePassword === true;
  useEffect(() => {
    if (!ended && !mustChange) return;
    const here = `${window.location.pathname}${window.location.search}`;
    window.location.assign(`/signin?${mustChange ? 'change=1&' : ''}next=${encodeURIComponent(here)}`);
  }, [ended, mustChange]);
}

function usePaletteKey(toggle: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        toggle();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [toggle]);
}

/** What stands around every page: the way to others, the namespace, the palette. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const t = useText('shell');
  const [open, setOpen] = useState<'' | 'palette' | 'help' | 'menu'>('');
  const [togglePalette] = useState(() => () => setOpen((old) => (old === 'palette' ? '' : 'palette')));
  const close = (): void => setOpen('');
  useSignedIn();
  useTypedBefore();
  usePaletteKey(togglePalette);
  useKeys({ '?': () => setOpen('help') });
  const pathname = usePathname();
  return (
    <div className="flex h-dvh flex-col">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2"
      >
        {t('skip')}
      </a>
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-3">
        <Button
          look="quiet"
          icon={Menu}
          aria-label={t('menu')}
          className="lg:hidden"
          onClick={() => setOpen('menu')}
        />
        <Link href="/" aria-label={t('home')} className="mr-2 flex items-center gap-2 text-md font-semibold">
          <Logo />
          <span className="max-sm:hidden">Gantry</span>
        </Link>
        <NamespaceSwitch />
        <div className="flex-1" />
        <button
          type="button"
          onClick={togglePalette}
          className="flex h-8 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-sm text-muted hover:bg-sunken"
        >
          <Search aria-hidden className="size-4" />
          <span className="max-md:sr-only">{t('goTo')}</span>
          <kbd aria-hidden className="rounded-sm bg-sunken px-1 font-mono text-2xs max-md:hidden">
            ⌘K
          </kbd>
        </button>
        <Button
          look="quiet"
          icon={CircleHelp}
          aria-label={t('keys')}
          className="max-sm:hidden"
          onClick={() => setOpen('help')}
        />
        <ThemeSwitch />
        <UserMenu />
      </header>
      <ConnectionBanner />
      <div className="flex min-h-0 flex-1">
        <aside className="w-52 shrink-0 overflow-y-auto border-r border-line bg-surface max-lg:hidden">
          <Sidebar />
        </aside>
        <main
          key={pathname}
          id="content"
          tabIndex={-1}
          className="flex min-w-0 flex-1 flex-col overflow-auto outline-none"
        >
          {children}
        </main>
      </div>
      <Palette open={open === 'palette'} onClose={close} onHelp={() => setOpen('help')} />
      <HelpDialog open={open === 'help'} onClose={close} />
      <Dialog.Root open={open === 'menu'} onOpenChange={(next) => setOpen(next ? 'menu' : '')}>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
          <Dialog.Content
            aria-modal="true"
            aria-describedby={undefined}
            className="fixed inset-y-0 left-0 z-40 w-64 overflow-y-auto border-r border-line bg-surface"
          >
            <Dialog.Title className="sr-only">{t('menu')}</Dialog.Title>
            <Sidebar onFollow={close} />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </div>
  );
}
