import { Scale } from '@gantry/api/autoscaling/v1/scale';
import { compileKind } from '@gantry/api/compile';
import type { KindDefinition } from '@gantry/api/kind';
import { schemaView } from '@gantry/api/schema/schema-view';
import { type SchemaView, UNTYPED } from '@gantry/machinery/schema-view';

const scaleView = schemaView(Scale);

/** How an object of a request is merged: subresources carry objects of other kinds than the one they belong to. */
export function objectView(form: KindDefinition, { kind }: Readonly<Record<string, unknown>>): SchemaView {
  if (kind === form.kind) return compileKind(form).view;
  return kind === 'Scale' ? scaleView : UNTYPED;
}
