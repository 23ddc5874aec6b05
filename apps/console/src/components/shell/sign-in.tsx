'use client';

import { useSearchParams } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { api, toFailure } from '../../lib/trpc.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Logo } from './logo.tsx';

/** Only ways within this site. */
const safeNext = (next: string | null): string =>
  next !== null && /^\/(?![/\\])/.test(next) && !next.startsWith('/signin') ? next : '/';

export function SignIn() {
  const t = useText('account.signIn');
  const failureText = useFailureText();
  const params = useSearchParams();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { passwordIsInitial } = await api.session.signIn.mutate({ name, password });
      const next = safeNext(params.get('next'));
      // A full load, so that nothing of another session stays in memory.
      window.location.assign(passwordIsInitial && next === '/' ? '/?welcome=1' : next);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const problemText = (error: unknown): string => {
    const { code, retryAfterSeconds } = toFailure(error);
    if (code === 'UNAUTHORIZED') return t('wrong');
    return retryAfterSeconds === undefined ? failureText(error) : t('locked', { seconds: retryAfterSeconds });
  };
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="card w-full max-w-sm p-6">
        <div className="mb-5 flex items-center gap-2">
          <Logo />
          <h1 className="text-lg font-semibold">{t('title')}</h1>
        </div>
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          {problem === undefined ? null : <Notice tone="broken" role="alert" title={problemText(problem)} />}
          <Field
            id="name"
            label={t('name')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Field
            id="password"
            label={t('password')}
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button type="submit" look="primary" className="justify-center" blocked={busy ? t('busy') : ''}>
            {busy ? t('busy') : t('submit')}
          </Button>
        </form>
        <p className="mt-5 text-xs text-muted">
          {t.rich('hint', { code: (text) => <code className="font-mono">{text}</code> })}
        </p>
      </div>
    </main>
  );
}
