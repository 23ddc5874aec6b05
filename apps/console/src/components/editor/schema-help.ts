import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import type { EditorState, Extension } from '@codemirror/state';
import { type EditorView, hoverTooltip, keymap } from '@codemirror/view';
import { api } from '../../lib/trpc.ts';
import { type FieldSchema, type KindSchema, resolved, schemaAt, typeText } from './schema-walk.ts';
import { fieldAt, placeAt, type YamlPlace } from './yaml-path.ts';

/** What the server says of kinds, by apiVersion and kind; a kind that it did not know is asked for again. */
const known = new Map<string, Promise<KindSchema | null>>();
const KNOWN_MAX = 50;

async function schemaOf({
  apiVersion,
  kind,
}: Pick<YamlPlace, 'apiVersion' | 'kind'>): Promise<KindSchema | null> {
  if (apiVersion === '' || kind === '') return null;
  const key = `${apiVersion} ${kind}`;
  if (!known.has(key) && known.size >= KNOWN_MAX) known.clear();
  const answer = known.get(key) ?? api.schema.of.query({ apiVersion, kind });
  known.set(key, answer);
  try {
    const schema = await answer;
    if (schema === null) known.delete(key);
    return schema;
  } catch {
    // Help that does not come is no reason to disturb who types.
    known.delete(key);
    return null;
  }
}

const linesOf = (state: EditorState): string[] => state.doc.toString().split('\n');

function docs(schema: FieldSchema, name: string, isRequired: boolean): HTMLElement {
  const box = document.createElement('div');
  box.className = 'gantry-schema-docs';
  const head = document.createElement('p');
  head.textContent = `${name} ${typeText(schema)}${isRequired ? ' *' : ''}`;
  const text = document.createElement('p');
  text.textContent = schema.description;
  box.append(head, text);
  return box;
}

/** How a field goes on after its name: a value, fields further in, or items. */
function tailOf(schema: FieldSchema, column: number): string {
  const spaces = ' '.repeat(column);
  if (schema.items !== undefined) return `:\n${spaces}  - `;
  return schema.fields !== undefined || schema.values !== undefined || schema.type === 'object'
    ? `:\n${spaces}  `
    : ': ';
}

function fieldChoices(kind: KindSchema, place: YamlPlace): Completion[] {
  const at = schemaAt(kind, place.path);
  return Object.entries(at?.fields ?? {})
    .filter(([name]) => !place.siblings.has(name))
    .map(([name, plain]) => {
      const schema = resolved(kind, plain) ?? plain;
      const isRequired = at?.required?.includes(name) === true;
      return {
        ...{ label: name, type: 'property', detail: typeText(schema), boost: isRequired ? 10 : 0 },
        apply: `${name}${tailOf(schema, place.column)}`,
        info: () => docs(schema, name, isRequired),
      };
    });
}

function valueChoices(kind: KindSchema, place: YamlPlace): Completion[] {
  const schema = schemaAt(kind, [...place.path, place.key]);
  const choices = schema?.choices ?? (schema?.type === 'boolean' ? ['true', 'false'] : []);
  return choices.map((label) => ({ label, type: 'enum' }));
}

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const place = placeAt(linesOf(context.state), line.number - 1, context.pos - line.from);
  if (place === undefined || (place.typed === '' && place.key === '' && !context.explicit)) return null;
  const kind = await schemaOf(place);
  if (kind === null || context.aborted) return null;
  const options = place.key === '' ? fieldChoices(kind, place) : valueChoices(kind, place);
  if (options.length === 0) return null;
  return { from: context.pos - place.typed.length, options, validFor: /^[\w./-]*$/ };
}

const hover = hoverTooltip(async (view: EditorView, pos: number) => {
  const line = view.state.doc.lineAt(pos);
  const field = fieldAt(linesOf(view.state), line.number - 1);
  const column = pos - line.from;
  if (field === undefined || column < field.from || column > field.to) return null;
  const kind = await schemaOf(field);
  const schema = kind === null ? undefined : schemaAt(kind, [...field.path, field.key]);
  if (kind === null || schema === undefined || schema.description === '') return null;
  const isRequired = schemaAt(kind, field.path)?.required?.includes(field.key) === true;
  return {
    ...{ pos: line.from + field.from, end: line.from + field.to, above: true },
    create: () => ({ dom: docs(schema, field.key, isRequired) }),
  };
});

/** What the fields mean, when the pointer rests on them. */
export const schemaHover: Extension = hover;

/** Fields and values that the kind has, while typing or by Ctrl-Space, from the server's own OpenAPI. */
export const schemaCompletion: Extension = [
  autocompletion({ override: [complete], icons: false, maxRenderedOptions: 80 }),
  keymap.of(completionKeymap),
];
