import type { Metadata } from 'next';
import { ObjectPage } from '../../../../../../../../components/object/object-page.tsx';
import { objectOf } from '../../../../../../../../lib/paths.ts';

interface Props {
  readonly params: Promise<Record<string, string>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: objectOf(await params).name };
}

export default async function Page({ params }: Props) {
  return <ObjectPage objectRef={objectOf(await params)} />;
}
