'use client';

import { Check } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { DropdownMenu } from 'radix-ui';
import { keepLocale, LOCALES, type Locale } from '../../i18n/locale.ts';
import { useLocale, useText } from '../../i18n/text.ts';

const ALL = Object.entries(LOCALES) as readonly (readonly [Locale, string])[];

/** Draws the page anew in another language; what was typed stays. */
export function useLanguage(): readonly [Locale, (locale: Locale) => void] {
  const router = useRouter();
  const choose = (locale: Locale): void => {
    keepLocale(locale);
    router.refresh();
  };
  return [useLocale(), choose];
}

/** The languages as a part of a menu. */
export function LanguageItems() {
  const t = useText('shell');
  const [chosen, choose] = useLanguage();
  return (
    <DropdownMenu.RadioGroup
      aria-label={t('language')}
      value={chosen}
      onValueChange={(locale) => choose(locale as Locale)}
    >
      {ALL.map(([locale, name]) => (
        <DropdownMenu.RadioItem
          key={locale}
          value={locale}
          lang={locale}
          className="flex h-8 items-center justify-between rounded-sm px-2 text-sm outline-none data-[highlighted]:bg-accent-soft"
        >
          {name}
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden className="size-3.5" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

/** The languages side by side, for pages without a menu. */
export function LanguageLinks() {
  const t = useText('shell');
  const [chosen, choose] = useLanguage();
  return (
    <fieldset aria-label={t('language')} className="flex justify-center gap-3 text-xs">
      {ALL.map(([locale, name]) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === chosen}
          onClick={() => choose(locale)}
          className="rounded-sm px-1 py-0.5 text-muted hover:text-ink aria-pressed:font-medium aria-pressed:text-ink"
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
