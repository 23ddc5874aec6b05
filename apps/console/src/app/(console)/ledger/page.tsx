import type { Metadata } from 'next';
import { LedgerPage } from '../../../components/ledger/ledger-page.tsx';
import { titled } from '../../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('shell.pages.ledger');

export default function Page() {
  return <LedgerPage />;
}
