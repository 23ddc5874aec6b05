import type { Metadata } from 'next';
import { ApplicationPage } from '../../../../../components/application/application-page.tsx';

interface Props {
  readonly params: Promise<{ readonly namespace: string; readonly name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function Page({ params }: Props) {
  const { namespace, name } = await params;
  return <ApplicationPage namespace={decodeURIComponent(namespace)} name={decodeURIComponent(name)} />;
}
