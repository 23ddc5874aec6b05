import { cellText, isTime, type ShownColumn, type TableRow } from '../../lib/columns.ts';
import { isStatusColumn, readyTone } from '../../lib/tones.ts';
import { Age } from '../ui/age.tsx';
import { Status } from '../ui/status.tsx';

/** What has ended is not ready, and needs not be. */
const isDone = (row: TableRow): boolean => row.cells.includes('Completed') || row.cells.includes('Succeeded');

/** One value of a row; words of status get their icon, times their age. */
export function Cell({ row, column }: { readonly row: TableRow; readonly column: ShownColumn }) {
  const text = cellText(row, column);
  if (isTime(text)) return <Age time={text} />;
  if (column.isAge) return <Age time={row.createdAt} />;
  if (text === '' || text === '<none>' || text === '<unknown>') return <span className="text-muted">–</span>;
  if (isStatusColumn(column.name)) return <Status word={text} />;
  if (column.name === 'Type' && text === 'Warning') return <Status word={text} />;
  if (column.name === 'Ready' && !isDone(row)) {
    const tone = readyTone(text);
    if (tone === 'busy') return <Status word={text} tone="busy" />;
  }
  return <span className="truncate">{text}</span>;
}
