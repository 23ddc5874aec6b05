import Link from 'next/link';
import { requestText } from '../i18n/request.ts';

export default async function NotFound() {
  const t = await requestText();
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-2 p-6 text-center">
      <h1 className="text-xl font-semibold">{t('shell.notFound.title')}</h1>
      <p className="text-muted">{t('shell.notFound.text')}</p>
      <Link href="/" className="link">
        {t('shell.notFound.back')}
      </Link>
    </main>
  );
}
