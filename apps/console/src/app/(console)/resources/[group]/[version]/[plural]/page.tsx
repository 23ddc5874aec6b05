import type { Metadata } from 'next';
import { ResourceList } from '../../../../../../components/table/resource-list.tsx';
import { qualified, resourceOf } from '../../../../../../lib/paths.ts';

interface Props {
  readonly params: Promise<Record<string, string>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: qualified(resourceOf(await params)) };
}

export default async function ListPage({ params }: Props) {
  return <ResourceList resource={resourceOf(await params)} />;
}
