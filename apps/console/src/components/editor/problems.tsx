import { Notice } from '../ui/notice.tsx';
import type { LineProblem } from './yaml-editor.tsx';

const SHOWN_MAX = 10;

/** What the server found wrong, line by line. */
export function Problems({ problems }: { readonly problems: readonly LineProblem[] }) {
  const title =
    problems.length === 1 ? 'The server found a mistake' : `The server found ${problems.length} mistakes`;
  return (
    <Notice tone="broken" role="alert" title={`${title}; nothing was changed`}>
      <ul className="flex flex-col gap-0.5">
        {problems.slice(0, SHOWN_MAX).map(({ line, field, reason }) => (
          <li key={`${line} ${field ?? ''} ${reason}`}>
            <span className="font-mono text-xs">line {line}</span>
            {field === undefined ? ' ' : <code className="mx-1 font-mono text-xs break-all">{field}</code>}
            {reason}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
