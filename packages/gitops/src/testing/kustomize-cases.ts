import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseYaml } from '@gantry/machinery/yaml';

const ROOT = fileURLToPath(new URL('../render/kustomize/testdata', import.meta.url));

/** A kustomization of our own, and what `kubectl kustomize` makes of it. */
export interface GoldenCase {
  readonly name: string;
  readonly root: string;
  /** Of the kustomization, in `root`. */
  readonly folder: string;
  readonly outputFile: string;
}

export const goldenCases = (): GoldenCase[] =>
  readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const root = join(ROOT, name);
      const folder = existsSync(join(root, 'overlay')) ? 'overlay' : '';
      return { name, root, folder, outputFile: join(ROOT, `${name}.output.yaml`) };
    });

/** The objects of a text, as any client of Kubernetes reads it. */
export const objectsIn = (text: string): unknown[] => parseYaml(text).map(({ value }) => value);
