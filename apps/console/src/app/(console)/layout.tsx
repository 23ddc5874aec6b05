import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { type ReactNode, Suspense } from 'react';
import { Shell } from '../../components/shell/shell.tsx';

const SESSION_COOKIE = 'gantry-session';

/** Who carries no session at all is sent to the sign-in before anything is drawn; whether it is good, the server says. */
export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  if (!(await cookies()).has(SESSION_COOKIE)) redirect('/signin');
  return (
    <Suspense>
      <Shell>{children}</Shell>
    </Suspense>
  );
}
