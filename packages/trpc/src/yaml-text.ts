import type { AnyObject } from '@gantry/machinery/object';
import type { Status } from '@gantry/machinery/status';
import { parseYaml, stringifyYaml, type YamlDocument, YamlError } from '@gantry/machinery/yaml';

/** What is wrong with a text, at one line. */
export interface TextProblem {
  /** From 1. */
  readonly line: number;
  readonly field?: string;
  readonly reason: string;
}

const MAX_DOCUMENTS = 100;

/** An object as a person edits it: without the server's book-keeping of field owners. */
export function toEditableYaml(object: AnyObject): string {
  const { managedFields: _, ...metadata } = object.metadata;
  const { apiVersion, kind, ...rest } = object;
  return stringifyYaml({ apiVersion, kind, ...rest, metadata });
}

export type ParsedText =
  | { readonly ok: true; readonly documents: readonly YamlDocument[] }
  | { readonly ok: false; readonly problem: TextProblem };

/** Documents that are objects with apiVersion, kind and metadata; else the first problem. */
export function parseText(text: string): ParsedText {
  try {
    const documents = parseYaml(text, { maxDocuments: MAX_DOCUMENTS });
    for (const document of documents) {
      const lacking = lacks(document.value);
      if (lacking !== undefined) return { ok: false, problem: { line: document.line, reason: lacking } };
    }
    if (documents.length === 0)
      return { ok: false, problem: { line: 1, reason: 'there is no object in this text' } };
    return { ok: true, documents };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return {
      ok: false,
      problem: { line: error.line, reason: error.message.replace(/^yaml: line \d+: /, '') },
    };
  }
}

function lacks(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'a document must be an object';
  const { apiVersion, kind, metadata } = value as Partial<AnyObject>;
  if (typeof apiVersion !== 'string' || apiVersion === '') return 'apiVersion is missing';
  if (typeof kind !== 'string' || kind === '') return 'kind is missing';
  if (typeof metadata !== 'object' || metadata === null) return 'metadata is missing';
  return undefined;
}

/** `spec.containers[0].env[2].name`, `metadata.labels[a/b]` as steps. */
export function fieldPath(field: string): (string | number)[] {
  return [...field.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)].map(([, plain, bracket = '']) => {
    if (plain !== undefined) return plain;
    return /^\d+$/.test(bracket) ? Number(bracket) : bracket.replace(/^"|"$/g, '');
  });
}

/** Each cause of a Status at its line; fields that a decoding error names in its text count too. */
export function problemsOf(status: Status, document: YamlDocument): TextProblem[] {
  const message = status.message ?? status.reason ?? 'the server refused it';
  const causes = (status.details?.causes ?? []).flatMap(({ field, message: reason }) =>
    field === undefined || field === '' ? [] : [{ field, reason: reason ?? message }],
  );
  const named = [...message.matchAll(/(unknown|duplicate) field "([^"]+)"/g)].map(
    ([, problem, field = '']) => ({
      field,
      reason: `${problem} field`,
    }),
  );
  const found = causes.length > 0 ? causes : named;
  if (found.length === 0) return [{ line: document.line, reason: message }];
  return found.map(({ field, reason }) => ({
    field,
    reason,
    line: document.positionOf(fieldPath(field)).line,
  }));
}
