'use client';

import { type FormEvent, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { api } from '../../lib/trpc.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';

/** Changes the password of the user who is signed in; all their other sessions end. */
export function ChangePassword() {
  const t = useText('account.password');
  const failureText = useFailureText();
  const [oldPassword, setOld] = useState('');
  const [newPassword, setNew] = useState('');
  const [again, setAgain] = useState('');
  const [outcome, setOutcome] = useState<{ readonly ok: boolean; readonly text: string }>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (newPassword !== again) {
      setOutcome({ ok: false, text: t('differ') });
      return;
    }
    try {
      await api.session.changePassword.mutate({ oldPassword, newPassword });
      setOutcome({ ok: true, text: t('done') });
      for (const clear of [setOld, setNew, setAgain]) clear('');
    } catch (error) {
      setOutcome({ ok: false, text: failureText(error) });
    }
  };
  return (
    <div className="max-w-md p-4">
      <h1 className="mb-4 text-lg font-semibold">{t('title')}</h1>
      <form onSubmit={(event) => void submit(event)} className="card flex flex-col gap-4 p-4">
        {outcome === undefined ? null : (
          <Notice
            tone={outcome.ok ? 'ok' : 'broken'}
            role={outcome.ok ? 'status' : 'alert'}
            title={outcome.text}
          />
        )}
        <Field
          id="old-password"
          label={t('old')}
          type="password"
          autoComplete="current-password"
          required
          value={oldPassword}
          onChange={(event) => setOld(event.target.value)}
        />
        <Field
          id="new-password"
          label={t('new')}
          type="password"
          autoComplete="new-password"
          required
          value={newPassword}
          onChange={(event) => setNew(event.target.value)}
        />
        <Field
          id="new-password-again"
          label={t('again')}
          type="password"
          autoComplete="new-password"
          required
          value={again}
          onChange={(event) => setAgain(event.target.value)}
        />
        <div>
          <Button type="submit" look="primary">
            {t('submit')}
          </Button>
        </div>
      </form>
    </div>
  );
}
