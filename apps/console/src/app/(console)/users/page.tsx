import type { Metadata } from 'next';
import { UsersPage } from '../../../components/users/users-page.tsx';
import { titled } from '../../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('shell.pages.users');

export default function Users() {
  return <UsersPage />;
}
