import type { Metadata } from 'next';
import { Overview } from '../../components/overview/overview.tsx';
import { titled } from '../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('shell.pages.overview');

export default function OverviewPage() {
  return <Overview />;
}
