import { identityOf, type Rendered } from '../render/render.ts';
import type { SourceProblem } from '../render/source-object.ts';
import { nameOf } from '../render/source-object.ts';
import type { InventoryIndex } from './inventory.ts';

/** Objects of a commit that another Application holds: two that apply the same object would undo each other for ever. */
export function heldByOthers(rendered: Rendered, index: InventoryIndex, key: string): SourceProblem[] {
  return rendered.objects.flatMap((source) => {
    const other = index.holdersOf(identityOf(source.object)).find((holder) => holder !== key);
    if (other === undefined) return [];
    return [
      {
        file: source.file,
        line: source.line,
        object: nameOf(source.object),
        reason: `Application ${other} holds this object already, and ${key} would too: remove it from one of them`,
      },
    ];
  });
}
