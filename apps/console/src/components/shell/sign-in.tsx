'use client';

import { safeNext } from '@gantry/trpc/shared/safe-next';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { api, toFailure } from '../../lib/trpc.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { useTypedBefore } from '../../lib/use-hydrated.ts';
import { PasswordForm } from '../account/password-form.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { LanguageLinks } from './language.tsx';
import { Logo } from './logo.tsx';

/** A full load, so that nothing of another session stays in memory. */
const goTo = (next: string | null): void => window.location.assign(safeNext(next));

/** By a local user or an issuer; who has a first password must choose their own before they come in. */
export function SignIn() {
  useTypedBefore();
  const params = useSearchParams();
  const next = params.get('next');
  // What a first password was, known only while this page stays.
  const [first, setFirst] = useState<string>();
  const mustChange = first !== undefined || params.has('change');
  return (
    <main className="flex min-h-dvh flex-col items-center gap-4 p-4">
      <div className="self-end">
        <LanguageLinks />
      </div>
      <div className="w-full max-w-sm pt-[12vh]">
        {mustChange ? (
          <ChooseOwn first={first} onDone={() => goTo(next)} />
        ) : (
          <Card heading={<Heading />}>
            <IssuerProblem />
            <LocalForm
              onSignedIn={(password) => (password === undefined ? goTo(next) : setFirst(password))}
            />
            <Issuer next={next} />
          </Card>
        )}
      </div>
    </main>
  );
}

const Card = ({ heading, children }: { readonly heading: ReactNode; readonly children: ReactNode }) => (
  <div className="card flex flex-col gap-4 p-6">
    <div className="flex items-center gap-2">
      <Logo />
      <h1 className="text-lg font-semibold">{heading}</h1>
    </div>
    {children}
  </div>
);

const Heading = () => useText('account.signIn')('title');

function ChooseOwn({ first, onDone }: { readonly first: string | undefined; readonly onDone: () => void }) {
  const t = useText('account.first');
  return (
    <Card heading={t('title')}>
      <p className="text-muted">{t('text')}</p>
      <PasswordForm
        {...(first === undefined ? {} : { knownPassword: first })}
        submitLabel={t('submit')}
        onDone={onDone}
      />
    </Card>
  );
}

type Problem = 'expired' | 'denied' | 'failed';
const isProblem = (text: string | null): text is Problem => /^(expired|denied|failed)$/.test(text ?? '');

/** What became of a sign-in at the issuer. */
function IssuerProblem() {
  const t = useText('account.oidc');
  const problem = useSearchParams().get('problem');
  return isProblem(problem) ? <Notice tone="broken" role="alert" title={t(problem)} /> : null;
}

/** The way to the issuer, where there is one: below all else, as it is known a moment later. */
function Issuer({ next }: { readonly next: string | null }) {
  const t = useText('account.oidc');
  const { data } = useQuery({ queryKey: ['ways'], queryFn: () => api.session.ways.query() });
  const label = data?.oidc ?? null;
  return label === null ? null : (
    <>
      <p className="flex items-center gap-3 text-xs text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t('or')}
      </p>
      <a
        href={`/oidc/start?next=${encodeURIComponent(safeNext(next))}`}
        className="inline-flex h-8 items-center justify-center rounded-md border border-line bg-surface px-3 text-sm font-medium hover:bg-sunken"
      >
        {t('submit', { label })}
      </a>
    </>
  );
}

function LocalForm({
  onSignedIn,
}: {
  /** With the password when it is a first one, which must be changed. */
  readonly onSignedIn: (firstPassword: string | undefined) => void;
}) {
  const t = useText('account.signIn');
  const failureText = useFailureText();
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
      onSignedIn(passwordIsInitial ? password : undefined);
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
      <p className="text-xs text-muted">
        {t.rich('hint', { code: (text) => <code className="font-mono">{text}</code> })}
      </p>
    </form>
  );
}
