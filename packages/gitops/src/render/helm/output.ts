import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseManifest } from '../documents.ts';
import type { SourceObject, SourceProblem } from '../source-object.ts';
import { type Chart, chartText, titleOf } from './chart-folder.ts';
import { TemplateLines } from './template-lines.ts';

const OBJECTS_MAX = 20_000;
const SOURCE = /^# Source: (.+)$/m;

/** Line of the template that wrote a line of its output, where helm printed that although it is no YAML. */
export async function badLine(
  text: string,
  chart: Chart,
  { printed, line }: { readonly printed: string; readonly line: number },
): Promise<{ readonly line: number; readonly text: string } | undefined> {
  const parts = text.split(/^---(?:[ \t].*)?$/m).map((part) => part.split('\n'));
  const part = parts.find((lines) => lines.some((own) => own.trim() === `# Source: ${printed}`));
  if (part === undefined) return undefined;
  const lines = part.slice(part.findIndex((own) => own.trim() === `# Source: ${printed}`) + 1);
  const template = new TemplateLines(await chartText(chart, printed));
  const isSecret = lines.some((own) => /^kind:\s*["']?Secret\b/.test(own));
  const shown = isSecret ? '(a line of a Secret)' : (lines[line - 1] ?? '').trim().slice(0, 200);
  return { line: template.lineOf(lines, line), text: shown };
}

export interface Output {
  readonly objects: readonly SourceObject[];
  readonly problems: readonly SourceProblem[];
}

/** The objects that helm printed, each with the template that it came from. */
export async function readOutput(text: string, chart: Chart): Promise<Output> {
  const objects: SourceObject[] = [];
  const problems: SourceProblem[] = [];
  const templates = new Map<string, TemplateLines>();
  for (const part of text.split(/^---(?:[ \t].*)?$/m)) {
    const printed = SOURCE.exec(part)?.[1]?.trim();
    if (part.trim() === '' || printed === undefined) continue;
    if (objects.length > OBJECTS_MAX) {
      problems.push({
        file: chart.title,
        reason: `more than ${OBJECTS_MAX} objects: at most so many are rendered`,
      });
      break;
    }
    let template = templates.get(printed);
    if (template === undefined) {
      template = new TemplateLines(await chartText(chart, printed));
      templates.set(printed, template);
      await nextTurn();
    }
    const lines = part.split('\n');
    const known = template;
    const lineOf = (line: number): number => known.lineOf(lines, line);
    const parsed = parseManifest({ path: titleOf(chart, printed), text: part });
    for (const problem of parsed.problems)
      problems.push({ ...problem, ...(problem.line === undefined ? {} : { line: lineOf(problem.line) }) });
    for (const source of parsed.objects)
      objects.push({
        ...source,
        line: lineOf(source.line),
        positionOf: (path) => ({ line: lineOf(source.positionOf(path).line), column: 1 }),
      });
  }
  return { objects, problems };
}
