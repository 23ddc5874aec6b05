'use client';

import { Moon, Sun, SunMoon } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useText } from '../../i18n/text.ts';
import { applyTheme, currentTheme, nextTheme, onTheme, type Theme } from '../../lib/theme.ts';
import { Button, Hint } from '../ui/button.tsx';

const ICONS = { system: SunMoon, light: Sun, dark: Moon } as const;

/** System, light, dark, and round again. */
export function ThemeSwitch() {
  const t = useText('shell');
  const theme = useSyncExternalStore<Theme>(onTheme, currentTheme, () => 'system');
  const label = t('theme', { theme: t(`themes.${theme}`) });
  return (
    <Hint text={label}>
      <Button
        look="quiet"
        icon={ICONS[theme]}
        aria-label={label}
        onClick={() => applyTheme(nextTheme(theme))}
      />
    </Hint>
  );
}
