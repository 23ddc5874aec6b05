// The Debian packages that Gantry needs, and how a fresh machine gets them.
import { existsSync } from 'node:fs';
import { fail, runQuiet, step } from './toolchain.mjs';

/** What hosted Git repositories need. */
export const GIT_PACKAGES = ['git'];
/** What real nodes and Git need at run time. */
export const RUNTIME_PACKAGES = [
  'containerd',
  'runc',
  'containernetworking-plugins',
  'nftables',
  'iptables',
  'conntrack',
  'iproute2',
  'git',
  'busybox-static',
];
/** What only the tests need. */
export const TEST_PACKAGES = ['chromium', 'fonts-dejavu-core', 'openssl', 'openssh-client', 'procps'];

/** Other packages bring these too (Docker's containerd.io), and apt would take those away. */
const PROGRAMS = { containerd: 'containerd', runc: 'runc', git: 'git' };
const hasProgram = (name) =>
  ['/usr/bin', '/usr/sbin', '/usr/local/bin'].some((dir) => existsSync(`${dir}/${name}`));

export const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Those of `names` that are not installed; none on a machine without dpkg, where nobody can say. */
export async function missingPackages(names) {
  if (!existsSync('/usr/bin/dpkg-query')) return [];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const { output } = await runQuiet('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...names]);
  const installed = new Set(
    output.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])),
  );
  return names.filter((name) => !installed.has(name) && !(name in PROGRAMS && hasProgram(PROGRAMS[name])));
}

/**
 * Says which packages are missing and installs them where it may. Ends the program with apt's words if that fails and
 * `required`; otherwise says so and goes on.
 */
export async function ensurePackages(names, { required }) {
  const missing = await missingPackages(names);
  if (missing.length === 0) return;
  if (!canInstall()) {
    const advice = `missing Debian packages: ${missing.join(' ')} (as root: apt-get install ${missing.join(' ')})`;
    if (required) fail(advice);
    process.stdout.write(`${advice}\n`);
    return;
  }
  const result = await step(`Installing Debian packages: ${missing.join(' ')}`, () => install(missing));
  if (result.ok) return;
  const reason = result.output.split('\n').filter((line) => /^[EW]: /.test(line));
  const words = `the Debian packages ${missing.join(' ')} could not be installed:\n${reason.slice(0, 8).join('\n')}`;
  if (required) fail(words);
  process.stderr.write(`${words}\nGoing on without them.\n`);
}

async function install(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Nothing that is there may go in exchange.
  const options = ['-y', '-q', '--no-remove', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
  const result = await runQuiet('apt-get', ['install', ...options, ...names], { env });
  if (result.ok) return result;
  await runQuiet('apt-get', ['update', '-q', '-o', 'Acquire::Retries=2'], { env });
  return runQuiet('apt-get', ['install', ...options, ...names], { env });
}
