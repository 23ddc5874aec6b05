import type { Metadata } from 'next';
import { ApplicationList } from '../../../components/application/application-list.tsx';
import { titled } from '../../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('shell.pages.applications');

export default function ApplicationsPage() {
  return <ApplicationList />;
}
