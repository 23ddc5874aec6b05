import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SignIn } from '../../components/shell/sign-in.tsx';
import { titled } from '../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('account.signIn.page');

export default function SignInPage() {
  return (
    <Suspense>
      <SignIn />
    </Suspense>
  );
}
