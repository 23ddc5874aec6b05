import type { Metadata } from 'next';
import { CreateFromYaml } from '../../../components/editor/create-from-yaml.tsx';

export const metadata: Metadata = { title: 'Create from YAML' };

export default function CreatePage() {
  return <CreateFromYaml />;
}
