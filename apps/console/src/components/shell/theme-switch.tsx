'use client';

import { Moon, Sun, SunMoon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { applyTheme, currentTheme, nextTheme, type Theme } from '../../lib/theme.ts';
import { Button, Hint } from '../ui/button.tsx';

const ICONS = { system: SunMoon, light: Sun, dark: Moon } as const;

/** System, light, dark, and round again. */
export function ThemeSwitch() {
  const t = useText('shell');
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => setTheme(currentTheme()), []);
  const label = t('theme', { theme: t(`themes.${theme}`) });
  return (
    <Hint text={label}>
      <Button
        look="quiet"
        icon={ICONS[theme]}
        aria-label={label}
        onClick={() => {
          const next = nextTheme(theme);
          applyTheme(next);
          setTheme(next);
        }}
      />
    </Hint>
  );
}
