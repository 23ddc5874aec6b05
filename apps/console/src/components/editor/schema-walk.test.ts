import { expect, it } from 'vitest';
import { type KindSchema, schemaAt, typeText } from './schema-walk.ts';

const kind: KindSchema = {
  root: 'Widget',
  schemas: {
    Widget: {
      type: 'object',
      description: '',
      fields: { spec: { type: '', description: 'Here.', ref: 'Spec' } },
    },
    Spec: {
      ...{ type: 'object', description: 'There.' },
      fields: {
        parts: { type: 'array', description: '', items: { type: '', description: '', ref: 'Spec' } },
        tags: { type: 'object', description: '', values: { type: 'string', description: 'A tag.' } },
      },
    },
  },
};

it('follows references, items and maps', () => {
  expect(schemaAt(kind, ['spec'])?.description).toBe('Here.');
  expect(schemaAt(kind, ['spec', 'parts', '[]', 'parts', '[]', 'tags', 'any'])?.description).toBe('A tag.');
  expect(schemaAt(kind, ['spec', 'nothing'])).toBeUndefined();
  expect(schemaAt(kind, [])?.fields).toHaveProperty('spec');
});

it('says in a word what a value is', () => {
  const spec = schemaAt(kind, ['spec']);
  expect([spec?.fields?.parts, spec?.fields?.tags, spec].map((one) => (one ? typeText(one) : ''))).toEqual([
    '[]object',
    'map[string]string',
    'object',
  ]);
});
