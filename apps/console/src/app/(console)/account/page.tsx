import type { Metadata } from 'next';
import { AccountPage } from '../../../components/account/account-page.tsx';
import { titled } from '../../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('shell.pages.account');

export default function Account() {
  return <AccountPage />;
}
