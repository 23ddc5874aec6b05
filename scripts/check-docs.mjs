// Holds the documentation against the tree: links and paths lead somewhere, every package has its row in
// docs/architecture.md, every page can be found from there or from the README, pictures are there and shown and not too
// large, and flags are those of the command line.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, posix } from 'node:path';
import { root } from './lib/toolchain.mjs';

const problems = [];
const read = (file) => readFileSync(join(root, file), 'utf8');
const tracked = (...patterns) =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(root, file)));
const markdown = tracked('*.md');

/** Targets of a page's links and pictures, from the root; outside addresses and places in the same page left out. */
const linksOf = (file) =>
  [
    ...read(file).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g),
    ...read(file).matchAll(/\s(?:src|srcset|href)="([^"#\s]+)(?:#[^"]*)?"/g),
  ]
    .map(([, target]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => ({ target, path: normalize(join(dirname(file), target)) }));

/** `# Two words` is reached as `#two-words`. */
const anchorsOf = (file) =>
  new Set(
    [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

function checkLinks(file) {
  for (const { target, path } of linksOf(file))
    if (!existsSync(join(root, path))) problems.push(`${file}: the link ${target} leads nowhere`);
  for (const [, target, anchor] of read(file).matchAll(/\]\(([^)#\s:]*)#([^)]+)\)/g)) {
    const page = target === '' ? file : normalize(join(dirname(file), target));
    if (page.endsWith('.md') && existsSync(join(root, page)) && !anchorsOf(page).has(anchor))
      problems.push(`${file}: ${page} has no part #${anchor}`);
  }
}

const TOP_FOLDERS = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
  .map(({ name }) => name);
const REPOSITORY_PATH = new RegExp(`^(?:\\./)?(?:${TOP_FOLDERS.join('|')})(?:/[\\w.@()[\\]-]+)+/?$`);
/** Capitals stand for a name of the reader's choice: `packages/api/src/GROUP/VERSION/KIND.ts`. */
const isPattern = (path) => path.split('/').some((part) => /^[A-Z]+(?:\.ts)?$/.test(part));

function checkPaths(file) {
  for (const [, path] of read(file).matchAll(/`([^`\s]+)`/g)) {
    if (!REPOSITORY_PATH.test(path) || isPattern(path)) continue;
    if (!existsSync(join(root, path))) problems.push(`${file}: there is no ${path}`);
  }
}

function checkPackages() {
  const rows = [...read('docs/architecture.md').matchAll(/^\| ([a-z-]+) +\|/gm)].map(([, name]) => name);
  const packages = readdirSync(join(root, 'packages'));
  for (const name of packages)
    if (!rows.includes(name)) problems.push(`docs/architecture.md: package ${name} is not in the table`);
}

/** A page is found by a link to itself or to its folder. */
function checkReachable() {
  const linked = new Set(
    ['README.md', 'docs/architecture.md'].flatMap((file) =>
      linksOf(file).map(({ path }) => path.replace(/\/$/, '')),
    ),
  );
  for (const page of markdown.filter((file) => file.startsWith('docs/')))
    if (page !== 'docs/architecture.md' && !linked.has(page) && !linked.has(posix.dirname(page)))
      problems.push(`${page}: neither README.md nor docs/architecture.md links it`);
}

const PICTURES_BYTES_MAX = 2 * 2 ** 20;

/** Each picture stands in a page, and all together are no burden to who clones the repository. */
function checkPictures() {
  const pictures = tracked('docs/images/*');
  const shown = new Set(markdown.flatMap((file) => linksOf(file).map(({ path }) => path)));
  for (const picture of pictures) if (!shown.has(picture)) problems.push(`${picture}: no page shows it`);
  const bytes = pictures.reduce((sum, picture) => sum + statSync(join(root, picture)).size, 0);
  if (bytes > PICTURES_BYTES_MAX)
    problems.push(
      `docs/images: ${bytes} bytes are more than the ${PICTURES_BYTES_MAX} that pictures may have`,
    );
}

/** A flag's value may be a flag of another program: `--apiserver-flag=--v=2`. */
const flagsIn = (text) => [...text.matchAll(/(?<![\w=-])--[a-z][a-z-]*[a-z]/g)].map(([flag]) => flag);
const help = (...args) =>
  execFileSync(process.execPath, [join(root, 'apps/gantry/src/main.ts'), ...args, '--help'], {
    encoding: 'utf8',
  });

/** The help of a command and of those below it. What is no command gets the page above once more. */
function pagesOf(above, ...command) {
  const page = help(...command);
  if (page === above) return [];
  const below = [...(page.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name);
  const others = below.filter((name) => name !== 'help');
  return [page, ...others.flatMap((name) => pagesOf(page, ...command, name))];
}

/** What `gantry` and its commands offer. */
function cliFlags() {
  return new Set([
    '--help',
    ...pagesOf('').flatMap((page) => flagsIn(page.replaceAll(/^ +np[mx] .*$/gm, ''))),
  ]);
}

/** What the parts offer, as their sources declare it. */
function partFlags() {
  const flags = new Set();
  for (const file of tracked('apps/*.ts', 'scripts/*.mjs', 'bench/*.ts', 'packages/*.bench.ts')) {
    const text = read(file);
    for (const [, flag] of text.matchAll(/[oO]ption\(\s*['"](--[a-z-]+)/g)) {
      flags.add(flag);
      flags.add(flag.replace(/^--no-/, '--'));
    }
    if (text.includes('parseArgs('))
      for (const [, flag] of text.matchAll(/'?([a-z-]+)'?: \{ type: '/g)) flags.add(`--${flag}`);
  }
  return flags;
}

/** Flags by themselves, and command lines of ours; those of other programs are not judged. */
const OURS = /^(?:--|npx gantry|npm start|gantry |node (?:apps|packages)\/)/;

/** Code spans, and the commands in the lines of code blocks. */
function codeIn(text) {
  const blocks = [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```/gm)].map(([, block]) => block);
  const commands = blocks
    .flatMap((block) => block.split(/\n|\||&&|;|\$\(/))
    .map((line) => line.replace(/#.*/, ''));
  const spans = [...text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/`([^`]+)`/g)].map(
    ([, span]) => span,
  );
  return [...commands, ...spans].map((code) => code.trim());
}

function checkFlags(file, known, whose) {
  for (const code of codeIn(read(file)).filter((text) => OURS.test(text)))
    for (const flag of flagsIn(code))
      if (!known.has(flag)) problems.push(`${file}: ${whose} no option ${flag} (in ${code})`);
}

for (const file of markdown) {
  checkLinks(file);
  checkPaths(file);
}
checkPackages();
checkReachable();
checkPictures();
const cli = cliFlags();
for (const file of ['README.md', 'docs/command-line.md'])
  if (existsSync(join(root, file))) checkFlags(file, cli, 'gantry has');
const all = new Set([...cli, ...partFlags()]);
/** The page of the API server's flags is written and compared by a test of its own. */
const JUDGED_ELSEWHERE = new Set(['docs/command-line.md', 'docs/apiserver-flags.md']);
for (const file of markdown.filter((name) => /^docs\/[^/]+\.md$/.test(name) && !JUDGED_ELSEWHERE.has(name)))
  checkFlags(file, all, 'no part has');

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);
