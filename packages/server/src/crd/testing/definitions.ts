import type { Definition, DefinitionVersion, JsonSchema } from '@gantry/api/apiextensions/v1/definition';
import type { Loose, TestServer } from '../../testing/test-server.ts';

export const DEFINITIONS_PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** A definition of `widgets.example.com`, with what the test cares for. */
export function widgetDefinition(
  schema: JsonSchema,
  version: Partial<DefinitionVersion> = {},
  spec: Partial<Definition['spec']> = {},
): Definition {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', shortNames: ['wd'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: schema },
          ...version,
        },
      ],
      ...spec,
    },
  };
}

export const WIDGETS = '/apis/example.com/v1/namespaces/default/widgets';

/** A widget of version v1. */
export const widget = (name: string, more: object = {}): object => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name },
  ...more,
});

/** Resolves once a definition has a condition with the status True. */
export async function untilTrue(api: TestServer, name: string, type = 'Established'): Promise<Loose> {
  for (;;) {
    const { body } = await api.call('GET', `${DEFINITIONS_PATH}/${name}`);
    const conditions = (body.status?.conditions ?? []) as unknown as { type: string; status: string }[];
    if (conditions.some((one) => one.type === type && one.status === 'True')) return body;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Creates a definition and waits until it is served. */
export async function serve(api: TestServer, definition: Definition): Promise<Loose> {
  const { status, body } = await api.call('POST', DEFINITIONS_PATH, { body: definition });
  if (status !== 201) throw new Error(`refused: ${JSON.stringify(body)}`);
  return untilTrue(api, definition.metadata.name);
}
