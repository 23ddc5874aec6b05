import type { Metadata } from 'next';
import { KindList } from '../../../components/table/kind-list.tsx';

export const metadata: Metadata = { title: 'All kinds' };

export default function KindsPage() {
  return <KindList />;
}
