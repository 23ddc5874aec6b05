import type { Metadata } from 'next';
import { KindList } from '../../../components/table/kind-list.tsx';
import { titled } from '../../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('shell.pages.kinds');

export default function KindsPage() {
  return <KindList />;
}
