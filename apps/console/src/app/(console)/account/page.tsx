import type { Metadata } from 'next';
import { ChangePassword } from '../../../components/shell/change-password.tsx';
import { titled } from '../../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('shell.pages.account');

export default function AccountPage() {
  return <ChangePassword />;
}
