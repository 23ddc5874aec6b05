'use client';

import { CircleUser } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { DropdownMenu } from 'radix-ui';
import { useText } from '../../i18n/text.ts';
import { useMe } from '../../lib/queries.ts';
import { LanguageItems } from './language.tsx';
import { signOut } from './sign-out.ts';

const ITEM = 'flex h-8 items-center rounded-sm px-2 text-sm outline-none data-[highlighted]:bg-accent-soft';

export function UserMenu() {
  const t = useText('shell');
  const router = useRouter();
  const { data: me } = useMe();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={t('account', { name: me?.name ?? '' })}
        className="inline-flex h-8 w-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
      >
        <CircleUser aria-hidden className="size-4" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={4}
        className="z-40 w-64 rounded-lg border border-line bg-raised p-1 shadow-pop"
      >
        <DropdownMenu.Label className="px-2 py-1.5">
          <span className="block font-medium">{me?.name}</span>
          <span className="block text-xs break-words text-muted">{me?.groups.join(', ')}</span>
        </DropdownMenu.Label>
        <DropdownMenu.Separator className="my-1 h-px bg-line" />
        <DropdownMenu.Item className={ITEM} onSelect={() => router.push('/account')}>
          {t('pages.account')}
        </DropdownMenu.Item>
        <DropdownMenu.Item className={ITEM} onSelect={() => router.push('/users')}>
          {t('pages.users')}
        </DropdownMenu.Item>
        <DropdownMenu.Item className={ITEM} onSelect={() => void signOut()}>
          {t('signOut')}
        </DropdownMenu.Item>
        <DropdownMenu.Separator className="my-1 h-px bg-line" />
        <LanguageItems />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
