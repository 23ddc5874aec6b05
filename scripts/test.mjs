// `npm test`: set-up, then every check and test; ends with `N passed, N failed`. Parts: check, unit, integration, e2e.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { canInstall, ensurePackages, RUNTIME_PACKAGES, TEST_PACKAGES } from './lib/debian.mjs';
import { isolated } from './lib/isolate.mjs';
import { ensureBuilt, ensureDependencies, ensureNode, environment, root } from './lib/toolchain.mjs';

const PARTS = ['check', 'unit', 'integration', 'e2e'];
const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const passThrough = process.argv.slice(2).filter((arg) => arg.startsWith('-'));
const parts = asked.length > 0 ? asked : PARTS;
const unknown = parts.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) {
  process.stderr.write(`no such part: ${unknown.join(', ')}; there are ${PARTS.join(', ')}\n`);
  process.exit(2);
}

const node = await ensureNode();
await ensureDependencies(node);
await ensurePackages([...RUNTIME_PACKAGES, ...TEST_PACKAGES], { required: canInstall() });
await ensureBuilt(node);

const env = { ...environment(node), TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' };
const scratch = mkdtempSync(join(tmpdir(), 'gantry-test-'));
const totals = { passed: 0, failed: 0 };
/** What failed, told again at the end: a long log is often read from there. */
const failures = [];
/** TypeScript 7's compiler: several times faster; tools that need the compiler's API use TypeScript 5. */
const tsc = join(root, 'node_modules/typescript-7/bin/tsc');
const bin = (name) => join(root, 'node_modules', '.bin', name);

function run(command, args, extra = {}) {
  return spawnSync(command, args, { cwd: root, env: { ...env, ...extra }, stdio: 'inherit' }).status ?? 1;
}

function note(title, passed, failed, names = []) {
  totals.passed += passed;
  totals.failed += failed;
  if (failed > 0) failures.push(...(names.length > 0 ? names : [title]));
  process.stdout.write(`── ${title}: ${passed} ok, ${failed} not ok\n`);
}

/** A tool that judges the whole tree counts as one test. */
function check(title, command, args) {
  process.stdout.write(`── ${title}\n`);
  const ok = run(command, args) === 0;
  note(title, ok ? 1 : 0, ok ? 0 : 1);
}

function checks() {
  check('types', node, [tsc, '--noEmit', '-p', 'tsconfig.json']);
  check('types of the console', node, [tsc, '--noEmit', '-p', 'apps/console/tsconfig.json']);
  check('format and lint', bin('biome'), ['check', '.']);
  check('layers', bin('depcruise'), [
    'apps',
    'packages',
    'e2e',
    'bench',
    '--config',
    '.dependency-cruiser.cjs',
  ]);
  check('dead code', bin('knip'), []);
  check('documentation', node, [join(root, 'scripts/check-docs.mjs')]);
}

function vitest(project) {
  const report = join(scratch, `${project}.json`);
  const command = [
    bin('vitest'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...passThrough,
  ];
  const [file, args] = project === 'integration' ? isolated(node, command) : [node, command];
  const status = run(file, args);
  if (!existsSync(report)) return note(project, 0, 1);
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that fails to load has no tests to count.
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = numFailedTests + brokenFiles;
  const names = testResults
    .filter((file) => file.status === 'failed')
    .flatMap((file) => [
      `${relative(root, file.name)}${file.message ? `: ${firstLine(file.message)}` : ''}`,
      ...file.assertionResults
        .filter((test) => test.status === 'failed')
        .map((test) => `  ${test.fullName}: ${firstLine(test.failureMessages[0] ?? '')}`),
    ]);
  note(project, numPassedTests, failed === 0 && status !== 0 ? 1 : failed, names);
}

const firstLine = (text) => stripVTControlCharacters(text).trim().split('\n')[0].slice(0, 300);

/** The failed and the flaky ones of a Playwright report's suites. */
function failedSpecs(suites = []) {
  return suites.flatMap((suite) => [
    ...failedSpecs(suite.suites),
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests
        .filter((test) => test.status === 'unexpected' || test.status === 'flaky')
        .map((test) => {
          const error = test.results.flatMap((result) => result.errors)[0]?.message ?? test.status;
          return `[${test.projectName}] ${spec.file}:${spec.line} ${spec.title}: ${firstLine(error)}`;
        }),
    ),
  ]);
}

function playwright() {
  const report = join(scratch, 'e2e.json');
  const [file, args] = isolated(node, [
    bin('playwright'),
    'test',
    '--config',
    'e2e/playwright.config.ts',
    '--reporter=list,json',
    ...passThrough,
  ]);
  const status = run(file, args, { PLAYWRIGHT_JSON_OUTPUT_NAME: report });
  if (!existsSync(report)) return note('e2e', 0, 1);
  const { stats, suites } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = stats.unexpected + stats.flaky;
  note('e2e', stats.expected, failed === 0 && status !== 0 ? 1 : failed, failedSpecs(suites));
}

const runners = {
  check: checks,
  unit: () => vitest('unit'),
  integration: () => vitest('integration'),
  e2e: playwright,
};
try {
  for (const part of PARTS) if (parts.includes(part)) runners[part]();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (failures.length > 0) process.stdout.write(`\nNot ok:\n${failures.join('\n')}\n`);
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
