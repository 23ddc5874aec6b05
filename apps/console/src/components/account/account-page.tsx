'use client';

import { useText } from '../../i18n/text.ts';
import { useMe } from '../../lib/queries.ts';
import { PasswordForm } from './password-form.tsx';
import { Sessions } from './sessions.tsx';

/** One's own user: password and sessions. */
export function AccountPage() {
  const t = useText('account.password');
  const pages = useText('shell.pages');
  const { data: me } = useMe();
  return (
    <div className="flex max-w-4xl flex-col gap-4 p-4">
      <h1 className="text-lg font-semibold">{pages('account')}</h1>
      <section aria-labelledby="password" className="card p-4">
        <h2 id="password" className="mb-3 text-md font-semibold">
          {t('title')}
        </h2>
        {me?.hasPassword === false ? (
          <p className="text-muted">{t('external')}</p>
        ) : (
          <div className="max-w-md">
            <PasswordForm submitLabel={t('submit')} />
          </div>
        )}
      </section>
      <Sessions />
    </div>
  );
}
