import type { Metadata } from 'next';
import { CreateFromYaml } from '../../../components/editor/create-from-yaml.tsx';
import { titled } from '../../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('shell.pages.create');

export default function CreatePage() {
  return <CreateFromYaml />;
}
