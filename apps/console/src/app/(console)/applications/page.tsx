import type { Metadata } from 'next';
import { ApplicationList } from '../../../components/application/application-list.tsx';

export const metadata: Metadata = { title: 'Applications' };

export default function ApplicationsPage() {
  return <ApplicationList />;
}
