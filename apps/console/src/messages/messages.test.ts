import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { localeOf } from '../i18n/locale.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

type Tree = { readonly [key: string]: string | Tree };

/** `area.key` → text. */
const flat = (tree: Tree, at = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${at}${key}`, value] as [string, string]] : flat(value, `${at}${key}.`),
  );

/** What a text is filled with, and the tags around parts of it. */
const holes = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)[,}]|<(\w+)>/g)].map(([, name, tag]) => name ?? `<${tag}>`))].sort();

describe('dictionaries', () => {
  const texts = { en: new Map(flat(en)), zh: new Map(flat(zh)) };

  it('have the same keys', () => {
    expect([...texts.zh.keys()].sort()).toEqual([...texts.en.keys()].sort());
  });

  it('are filled with the same values', () => {
    for (const [key, text] of texts.en)
      expect([key, holes(texts.zh.get(key) ?? '')]).toEqual([key, holes(text)]);
  });

  it('are translated, but for words that are the same in both', () => {
    const same = [...texts.en]
      .filter(([key, text]) => texts.zh.get(key) === text && /[a-z]{2}/i.test(text))
      .map(([, text]) => text);
    const names = /^(YAML|Git|CPU|Pods?|Pod IP|Deployment|\{type\}|kubectl.*)$/;
    expect(same.filter((text) => !names.test(text))).toEqual([]);
  });
});

/** Words that are the same in every language: names, keys of the keyboard, code. */
const NAMES = /^(Gantry|Git|YAML|⌘K|kubectl drain|--ignore-daemonsets --delete-emptydir-data)$/;
/** Attributes that people read. */
const READ = new Set(
  'title label aria-label placeholder what hint description beforeLabel afterLabel axis heading alt text'.split(
    ' ',
  ),
);

/** The fixed parts of a string or template. */
const literalsOf = (node: ts.Node): string[] =>
  ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
    : ts.isStringLiteralLike(node)
      ? [node.text]
      : [];

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return children;
}

/** Texts between tags, in attributes that people read, and in `{condition ? 'Text' : …}` in either place. */
function textsOf(node: ts.Node): string[] {
  if (ts.isJsxText(node)) return [node.text];
  if (ts.isJsxAttribute(node) && !READ.has(node.name.getText())) return [];
  if (ts.isJsxAttribute(node) && node.initializer !== undefined && ts.isStringLiteral(node.initializer))
    return [node.initializer.text];
  if (ts.isJsxExpression(node) && node.expression !== undefined) {
    const { expression } = node;
    const branches = ts.isConditionalExpression(expression)
      ? [expression.whenTrue, expression.whenFalse]
      : [expression];
    return branches.flatMap(literalsOf);
  }
  return [];
}

function bareTexts(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const visit = (node: ts.Node): string[] => [
    ...textsOf(node),
    ...childrenOf(node)
      .filter((child) => !isMute(child))
      .flatMap(visit),
  ];
  return visit(source)
    .map((text) => text.trim())
    .filter((text) => /[A-Za-z]{2}/.test(text) && !NAMES.test(text));
}

/** Attributes that nobody reads, class names above all. */
const isMute = (node: ts.Node): boolean => ts.isJsxAttribute(node) && !READ.has(node.name.getText());

it('no component holds a text of its own', () => {
  const source = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.tsx'),
  );
  expect(files.length).toBeGreaterThan(50);
  const found = files.flatMap((name) => bareTexts(`${source}${name}`).map((text) => `${name}: ${text}`));
  expect(found).toEqual([]);
});

it('the language is the chosen one, else what the browser likes best', () => {
  expect(localeOf('zh', 'en')).toBe('zh');
  expect(localeOf('xx', 'fr, zh-CN;q=0.8, en;q=0.5')).toBe('zh');
  expect(localeOf(undefined, 'en-GB,zh;q=0.9')).toBe('en');
  expect(localeOf(undefined, 'zh;q=0')).toBe('en');
  expect(localeOf(undefined, undefined)).toBe('en');
});
