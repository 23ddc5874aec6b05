import type { Metadata } from 'next';
import { ChangePassword } from '../../../components/shell/change-password.tsx';

export const metadata: Metadata = { title: 'Your account' };

export default function AccountPage() {
  return <ChangePassword />;
}
