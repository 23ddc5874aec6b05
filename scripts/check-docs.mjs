// Holds the documentation against the tree: links lead somewhere, docs/architecture.md names exactly the packages that
// are there, every package has its page, and the README's options are those of the command line.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './lib/toolchain.mjs';

const problems = [];
const read = (file) => readFileSync(join(root, file), 'utf8');
const markdown = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean);

for (const file of markdown) {
  for (const [, target] of read(file).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    if (!existsSync(join(root, dirname(file), target)))
      problems.push(`${file}: the link ${target} leads nowhere`);
  }
}

const packages = readdirSync(join(root, 'packages')).filter((name) => name !== 'api-typegen');
const table = read('docs/architecture.md');
const documented = [...table.matchAll(/^\| ([a-z-]+) \| /gm)].map((match) => match[1]);
for (const name of packages)
  if (!documented.includes(name)) problems.push(`docs/architecture.md: package ${name} is not in the table`);

const help = execFileSync(process.execPath, [join(root, 'apps/gantry/src/main.ts'), 'up', '--help'], {
  encoding: 'utf8',
});
const offered = new Set([...help.matchAll(/--[a-z-]+/g)].map((match) => match[0]));
const elsewhere = new Set([
  '--stop-pods',
  '--purge',
  '--help',
  '--kubeconfig',
  '--server-side',
  '--type',
  '--port',
  '--image',
  '--rm',
]);
for (const [option] of read('README.md').matchAll(/--[a-z][a-z-]+/g)) {
  if (!offered.has(option) && !elsewhere.has(option))
    problems.push(`README.md: \`npm start\` has no option ${option}`);
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);
