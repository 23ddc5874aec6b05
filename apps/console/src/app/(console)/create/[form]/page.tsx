import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { FormPage } from '../../../../components/forms/form-page.tsx';
import { isForm } from '../../../../components/forms/forms.ts';
import { titled } from '../../../../i18n/titled.ts';

export const generateMetadata = (): Promise<Metadata> => titled('shell.pages.form');

export default async function Page({ params }: { readonly params: Promise<{ readonly form: string }> }) {
  const { form } = await params;
  if (!isForm(form)) notFound();
  return <FormPage id={form} />;
}
