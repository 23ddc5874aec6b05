import { useText } from '../../i18n/text.ts';
import { Notice } from '../ui/notice.tsx';
import type { LineProblem } from './yaml-editor.tsx';

const SHOWN_MAX = 10;

/** What the server found wrong, line by line. */
export function Problems({ problems }: { readonly problems: readonly LineProblem[] }) {
  const t = useText('editor');
  return (
    <Notice tone="broken" role="alert" title={t('problems', { count: problems.length })}>
      <ul className="flex flex-col gap-0.5">
        {problems.slice(0, SHOWN_MAX).map(({ line, field, reason }) => (
          <li key={`${line} ${field ?? ''} ${reason}`}>
            <span className="font-mono text-xs">{t('line', { line: String(line) })}</span>
            {field === undefined ? ' ' : <code className="mx-1 font-mono text-xs break-all">{field}</code>}
            {reason}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
