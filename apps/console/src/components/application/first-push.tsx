'use client';

import { useEffect, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { useMe } from '../../lib/queries.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';

/** What to type for a first application. */
export function FirstPush() {
  const t = useText('applications.first');
  const { data: me } = useMe();
  const [host, setHost] = useState('127.0.0.1:8080');
  useEffect(() => setHost(window.location.host), []);
  const scheme = host.startsWith('127.') || host.startsWith('localhost') ? 'http' : 'https';
  const lines = [
    'cd your-folder-of-manifests',
    'git init -b main && git add -A && git commit -m "first"',
    `git push ${scheme}://${me?.name ?? 'admin'}@${host}/git/web.git main`,
  ];
  return (
    <section className="card mx-auto mt-6 w-full max-w-2xl p-6">
      <h2 className="text-md font-semibold">{t('title')}</h2>
      <p className="mt-1 text-muted">{t('text')}</p>
      <ScrollRegion label={t('label')} className="mt-3 overflow-x-auto rounded-md bg-sunken">
        <pre className="p-3 font-mono text-xs leading-5">{lines.join('\n')}</pre>
      </ScrollRegion>
    </section>
  );
}
