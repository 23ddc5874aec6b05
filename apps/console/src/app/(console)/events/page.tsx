import type { Metadata } from 'next';
import { EventsPage } from '../../../components/events/events-page.tsx';
import { titled } from '../../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('shell.pages.events');

export default function Events() {
  return <EventsPage />;
}
