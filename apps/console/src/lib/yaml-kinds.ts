/** What a document says it is; '' for no namespace. */
export interface YamlKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
}

const KINDS_MAX = 20;

const firstOf = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';

/**
 * The kinds in a YAML text, each once with each namespace, as far as they can be told while it is being typed. The server
 * has the last word.
 */
export function kindsInYaml(text: string): readonly YamlKind[] {
  const found = new Map<string, YamlKind>();
  for (const document of text.split(/^---.*$/m)) {
    const apiVersion = firstOf(document, /^apiVersion:\s*["']?([^\s"'#]+)/m);
    const kind = firstOf(document, /^kind:\s*["']?([^\s"'#]+)/m);
    const metadata = firstOf(document, /^metadata:[^\S\n]*\n((?:[ \t].*(?:\n|$))*)/m);
    const namespace = firstOf(metadata, /^[ \t]+namespace:\s*["']?([^\s"'#]+)/m);
    if (apiVersion === '' || kind === '' || found.size >= KINDS_MAX) continue;
    found.set(`${apiVersion}/${kind}/${namespace}`, { apiVersion, kind, namespace });
  }
  return [...found.values()];
}
