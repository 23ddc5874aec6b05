import { expect, it } from 'vitest';
import { admin, FakeServer } from './testing/fake-server.ts';

const schemas = {
  Widget: {
    type: 'object',
    description: 'A widget.',
    properties: {
      spec: { allOf: [{ $ref: '#/components/schemas/WidgetSpec' }], description: 'What is wanted.' },
    },
    'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Widget' }],
  },
  WidgetSpec: {
    type: 'object',
    required: ['colour'],
    properties: {
      colour: { type: 'string', enum: ['red', 'blue'] },
      parts: { type: 'array', items: { $ref: '#/components/schemas/WidgetSpec' } },
      tags: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
  Other: { type: 'object' },
};

it('gives a kind with what it refers to, also to itself, and nothing else', async () => {
  const server = new FakeServer().on('GET /openapi/v3/apis/example.com/v1', {
    status: 200,
    body: { components: { schemas } },
  });
  const { schema } = server.as(admin);
  const found = await schema.of({ apiVersion: 'example.com/v1', kind: 'Widget' });
  expect(found?.root).toBe('Widget');
  expect(Object.keys(found?.schemas ?? {})).toEqual(['Widget', 'WidgetSpec']);
  expect(found?.schemas.WidgetSpec).toMatchObject({
    required: ['colour'],
    fields: { colour: { choices: ['red', 'blue'] }, parts: { items: { ref: 'WidgetSpec' } } },
  });
  expect(await schema.of({ apiVersion: 'example.com/v1', kind: 'Gadget' })).toBeNull();
  expect(await schema.of({ apiVersion: 'nowhere/v1', kind: 'Gadget' })).toBeNull();
});
