import type { SourceProblem } from '../source-object.ts';
import { type Chart, titleOf } from './chart-folder.ts';
import { describeValue, type ValuesPart } from './values.ts';

/** `demo/templates/x.yaml:7:45`, also within parentheses. */
const PLACE = /([\w.-]+\/[^\s:()]+):(\d+)(?::\d+)?/;
const VALUE = /at <[^>]*?\.Values\.([\w.-]+)[^>]*>/;
const BAD_YAML =
  /YAML parse error on ([^\s:]+): (?:error converting YAML to JSON: )?(?:yaml: )?(?:line (\d+): )?(.*)/;
/** Of a template, before anything is rendered. */
const PARSE_ERROR = /parse error at \([^)]*\):\s*([\s\S]*)$/;
const STARTED = / started at ([\w.-]+\/[^\s:()]+:\d+)/;
const MISSING = /found in Chart\.yaml, but missing in charts\/ directory: (.*)/;
const SCHEMA = /^- (?:at )?'?(\/[^':]*|[\w.]+)'?: (.*)$/gm;

/** What helm said, as problems that name template, line and the value that caused them. `parts`: the chart's values first. */
export function problemsOf(message: string, chart: Chart, parts: readonly ValuesPart[]): SourceProblem[] {
  const text = message
    .replace(/\n*Use --debug flag.*$/s, '')
    .replace(/^(level=\S+ .*|WARNING:.*)\n/gm, '')
    .replace(/^Error: (?:INSTALLATION FAILED: )?/m, '')
    .trim();
  const chartFile = chart.title === '' ? 'Chart.yaml' : `${chart.title}/Chart.yaml`;
  const missing = MISSING.exec(text);
  if (missing?.[1] !== undefined)
    return [
      {
        file: chartFile,
        field: 'dependencies',
        reason: `charts/ lacks ${missing[1]}: put it there with helm dependency update`,
      },
    ];
  if (text.includes("don't meet the specifications of the schema")) return schemaProblems(text, chart, parts);
  const bad = BAD_YAML.exec(text);
  if (bad?.[1] !== undefined)
    return [
      {
        file: titleOf(chart, bad[1]),
        reason: `what it renders to is not YAML: ${(bad[3] ?? '').replace(/ '.*'| `.*`/g, '')}`,
      },
    ];
  // What was never closed is wrong where it begins, not where the file ends.
  const place = PLACE.exec(STARTED.exec(text)?.[1] ?? text);
  const value = VALUE.exec(text)?.[1];
  const culprit = value === undefined ? '' : `: ${describeValue(parts, value.split('.'))}`;
  const field = value === undefined ? {} : { field: `.Values.${value}` };
  if (place?.[1] === undefined) return [{ file: chartFile, ...field, reason: `${flat(text)}${culprit}` }];
  return [
    {
      file: titleOf(chart, place[1]),
      line: Number(place[2]),
      ...field,
      reason: `${reasonOf(text)}${culprit}`,
    },
  ];
}

/** Where output that is no YAML stands: template and line of the output, when helm told. */
export function badYamlIn(message: string): { readonly printed: string; readonly line: number } | undefined {
  const [, printed, line] = BAD_YAML.exec(message) ?? [];
  return printed === undefined || line === undefined ? undefined : { printed, line: Number(line) };
}

/** Whether a template itself is wrong, so that its line is the culprit. */
export const isParseError = (message: string): boolean => PARSE_ERROR.test(message);

const flat = (text: string): string => text.replace(/\s*\n\s*/g, ' ').slice(0, 2_000);

/** The part that says what is wrong: the last, after all the places that led there. */
function reasonOf(text: string): string {
  const said = /execution error at \([^)]*\): ([\s\S]*)$/.exec(text)?.[1];
  if (said !== undefined) return flat(said);
  const unparsed = PARSE_ERROR.exec(text)?.[1];
  if (unparsed !== undefined) return `the template can't be parsed: ${flat(unparsed.replace(STARTED, ''))}`;
  const last = /at <[^>]*>:\s*([\s\S]*)$/.exec(text)?.[1];
  return flat(last ?? text.replace(PLACE, '').replace(/^[:\s]+/, ''));
}

function schemaProblems(text: string, chart: Chart, parts: readonly ValuesPart[]): SourceProblem[] {
  const file = chart.title === '' ? 'values.schema.json' : `${chart.title}/values.schema.json`;
  const problems = [...text.matchAll(SCHEMA)].map((match): SourceProblem => {
    const path = (match[1] ?? '').split(/[/.]/).filter((step) => step !== '');
    const culprit = path.length === 0 ? '' : `: ${describeValue(parts, path)}`;
    return { file, field: `.Values.${path.join('.')}`, reason: `${flat(match[2] ?? '')}${culprit}` };
  });
  return problems.length > 0 ? problems : [{ file, reason: flat(text) }];
}
