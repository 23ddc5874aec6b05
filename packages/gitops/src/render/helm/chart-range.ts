import type { HelmSource } from '@gantry/api/generated/types';
import semver from 'semver';
import { parseInterval } from '../../sync/interval.ts';

const INTERVAL_MS = 300_000;

/** Whether what a source asks for may be another version tomorrow. */
export const isChartRange = ({ repositoryURL = '', version = '' }: HelmSource): boolean =>
  repositoryURL !== '' && semver.valid(version) === null;

/** Milliseconds after which the repository is asked for a newer version. */
export const chartInterval = ({ interval = '' }: HelmSource): number =>
  parseInterval(interval) ?? INTERVAL_MS;

/** Milliseconds for which an answer holds: it has to be over when it is asked again, whatever the jitter. */
export const chartFreshMs = (source: HelmSource): number =>
  isChartRange(source) ? Math.round(chartInterval(source) * 0.8) : INTERVAL_MS;
