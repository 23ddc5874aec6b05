'use client';

import { useSearchParams } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { api, toFailure } from '../../lib/trpc.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Logo } from './logo.tsx';

/** Only ways within this site. */
const safeNext = (next: string | null): string =>
  next !== null && /^\/(?![/\\])/.test(next) && !next.startsWith('/signin') ? next : '/';

export function SignIn() {
  const params = useSearchParams();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem('');
    try {
      const { passwordIsInitial } = await api.session.signIn.mutate({ name, password });
      const next = safeNext(params.get('next'));
      // A full load, so that nothing of another session stays in memory.
      window.location.assign(passwordIsInitial && next === '/' ? '/?welcome=1' : next);
    } catch (error) {
      setProblem(toFailure(error).message);
      setBusy(false);
    }
  };
  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <div className="card w-full max-w-sm p-6">
        <div className="mb-5 flex items-center gap-2">
          <Logo />
          <h1 className="text-lg font-semibold">Sign in to Gantry</h1>
        </div>
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          {problem === '' ? null : <Notice tone="broken" role="alert" title={problem} />}
          <Field
            id="name"
            label="User name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Field
            id="password"
            label="Password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button
            type="submit"
            look="primary"
            className="justify-center"
            blocked={busy ? 'Signing in …' : ''}
          >
            {busy ? 'Signing in …' : 'Sign in'}
          </Button>
        </form>
        <p className="mt-5 text-xs text-muted">
          The first start printed the user and password; <code className="font-mono">npx gantry status</code>{' '}
          shows them until the password is changed.
        </p>
      </div>
    </main>
  );
}
