import type { Metadata } from 'next';
import { TopologyPage } from '../../../components/topology/topology-page.tsx';
import { titled } from '../../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('shell.pages.topology');

export default function Topology() {
  return <TopologyPage />;
}
