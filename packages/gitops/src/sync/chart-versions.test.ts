import type { Application } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { GitError } from '../git/tree.ts';
import type { Rendered } from '../render/render.ts';
import { ChartVersions } from './chart-versions.ts';

const application = (version: string, chartVersion: string): Application => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'web', namespace: 'shop', uid: '1', generation: 1 },
  spec: {
    source: {
      repository: 'shop',
      helm: { repositoryURL: 'https://charts.example.com', chart: 'web', version, interval: '10s' },
    },
  },
  status: { chartVersion },
});

test('charts are looked at once an interval, spread out, and what was found holds until it is applied', async () => {
  const charts = new ChartVersions(() => 0.5);
  let version = '1.0.0';
  let asked = 0;
  const render = async (): Promise<Rendered> => {
    asked += 1;
    if (version === '') throw new GitError('away');
    return { commit: '1', objects: [], problems: [], chartVersion: version };
  };
  const old = application('^1', '1.0.0');
  expect(await charts.check(old, render, 0)).toEqual({ againMs: 10_000 });
  expect(await charts.check(old, render, 4_000)).toEqual({ againMs: 6_000 });
  expect(asked).toBe(0);
  expect(await charts.check(old, render, 10_000)).toEqual({ againMs: 10_000 });
  version = '1.1.0';
  expect(await charts.check(old, render, 20_000)).toEqual({ newer: '1.1.0', againMs: 10_000 });
  expect(await charts.check(old, render, 21_000)).toEqual({ newer: '1.1.0', againMs: 9_000 });
  expect(asked).toBe(2);
  expect(await charts.check(application('^1', '1.1.0'), render, 22_000)).toEqual({ againMs: 10_000 });
  version = '';
  expect(await charts.check(application('^1', '1.1.0'), render, 32_000)).toEqual({ againMs: 10_000 });
});

test('what names one version, or lies in Git, is never looked at', async () => {
  const charts = new ChartVersions();
  const render = async (): Promise<Rendered> => {
    throw new Error('nobody asked');
  };
  const pinned = application('1.2.3', '1.2.3');
  expect(await charts.check(pinned, render, 0)).toEqual({});
  pinned.spec.source.helm = { valuesFiles: ['a.yaml'] };
  expect(await charts.check(pinned, render, 0)).toEqual({});
});
