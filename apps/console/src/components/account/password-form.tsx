'use client';

import { type FormEvent, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { api } from '../../lib/trpc.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';

type Outcome = { readonly ok: boolean; readonly text: string } | undefined;

/** Takes a new password twice, and the old one unless it is known. All other sessions of the user end. */
export function PasswordForm({
  knownPassword,
  submitLabel,
  onDone,
}: {
  /** What the user has just signed in with. */
  readonly knownPassword?: string;
  readonly submitLabel: string;
  readonly onDone?: () => void;
}) {
  const t = useText('account.password');
  const failureText = useFailureText();
  const [oldPassword, setOld] = useState('');
  const [newPassword, setNew] = useState('');
  const [again, setAgain] = useState('');
  const [outcome, setOutcome] = useState<Outcome>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (newPassword !== again) {
      setOutcome({ ok: false, text: t('differ') });
      return;
    }
    try {
      await api.session.changePassword.mutate({ oldPassword: knownPassword ?? oldPassword, newPassword });
      setOutcome({ ok: true, text: t('done') });
      for (const clear of [setOld, setNew, setAgain]) clear('');
      onDone?.();
    } catch (error) {
      setOutcome({ ok: false, text: failureText(error) });
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {outcome === undefined ? null : (
        <Notice
          tone={outcome.ok ? 'ok' : 'broken'}
          role={outcome.ok ? 'status' : 'alert'}
          title={outcome.text}
        />
      )}
      {knownPassword === undefined ? (
        <Field
          id="old-password"
          label={t('old')}
          type="password"
          autoComplete="current-password"
          required
          value={oldPassword}
          onChange={(event) => setOld(event.target.value)}
        />
      ) : null}
      <Field
        id="new-password"
        label={t('new')}
        type="password"
        autoComplete="new-password"
        hint={t('rule')}
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
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
