import { fieldSpec } from './field-spec.ts';
import type { Kustomization, KustomizationFile } from './kustomization.ts';
import type { ResourceSet } from './resource-set.ts';
import { addTexts } from './transformers.ts';

/** Version of the Kustomize that this one does as. */
export const KUSTOMIZE_VERSION = 'v5.8.1';

const ORIGIN = 'config.kubernetes.io/origin';
const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations';

export interface Origin {
  readonly path?: string;
  readonly configuredIn?: string;
  /** Kind of the generator or transformer. */
  readonly configuredBy?: string;
}

/** Lines of YAML, as the annotations hold it. */
function originLines({ path, configuredIn, configuredBy }: Origin): string[] {
  return [
    ...(path === undefined ? [] : [`path: ${path}`]),
    ...(configuredIn === undefined ? [] : [`configuredIn: ${configuredIn}`]),
    ...(configuredBy === undefined
      ? []
      : ['configuredBy:', '  apiVersion: builtin', `  kind: ${configuredBy}`]),
  ];
}

/** Writes what `buildMetadata` of the top kustomization asks for. */
export function writeBuildMetadata(
  set: ResourceSet,
  options: Kustomization['buildMetadata'],
  file: KustomizationFile,
): void {
  for (const resource of set.list) {
    const annotations = resource.texts('annotations');
    if (resource.origin !== undefined && options?.includes('originAnnotations') === true)
      annotations[ORIGIN] = `${originLines(resource.origin).join('\n')}\n`;
    else delete annotations[ORIGIN];
    if (resource.transformations.length > 0 && options?.includes('transformerAnnotations') === true)
      annotations[TRANSFORMATIONS] = resource.transformations
        .map(
          (one) =>
            `${originLines(one)
              .map((line, index) => `${index === 0 ? '- ' : '  '}${line}`)
              .join('\n')}\n`,
        )
        .join('');
    else delete annotations[TRANSFORMATIONS];
    resource.setTexts('annotations', annotations);
  }
  if (options?.includes('managedByLabel') === true)
    addTexts(
      set,
      { 'app.kubernetes.io/managed-by': `kustomize-${KUSTOMIZE_VERSION}` },
      [fieldSpec({ path: 'metadata/labels', create: true })],
      () => file.placeOf('buildMetadata'),
    );
}
