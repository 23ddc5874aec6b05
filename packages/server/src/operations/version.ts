import type { PlainHandler } from '../http/chain.ts';
import { rawJsonResponse } from '../http/response.ts';

export interface VersionInfo {
  /** Gantry's own version, e.g. `0.1.0`. */
  readonly gantryVersion: string;
  readonly gitCommit: string;
  /** RFC 3339. */
  readonly buildDate: string;
}

const platform = (): string => `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`;

/** The Kubernetes version that is spoken, with our own as build metadata. */
export function versionDocument({ gantryVersion, gitCommit, buildDate }: VersionInfo) {
  return {
    major: '1',
    minor: '36',
    emulationMajor: '1',
    emulationMinor: '36',
    minCompatibilityMajor: '1',
    minCompatibilityMinor: '35',
    gitVersion: `v1.36.0+gantry.${gantryVersion}`,
    gitCommit,
    gitTreeState: 'clean',
    buildDate,
    goVersion: `node${process.version.slice(1)}`,
    compiler: 'v8',
    platform: platform(),
  };
}

/** `/version`. */
export function versionHandler(version: VersionInfo): PlainHandler {
  const info = versionDocument(version);
  return ({ attributes }) =>
    attributes.path === '/version' || attributes.path === '/version/'
      ? rawJsonResponse(200, info)
      : undefined;
}
