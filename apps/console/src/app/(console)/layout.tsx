import { type ReactNode, Suspense } from 'react';
import { Shell } from '../../components/shell/shell.tsx';

export default function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  return (
    <Suspense>
      <Shell>{children}</Shell>
    </Suspense>
  );
}
