// The Debian packages that Gantry needs, and how a fresh machine gets them.
import { existsSync } from 'node:fs';
import { fail, runQuiet } from './toolchain.mjs';

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
export const TEST_PACKAGES = ['chromium', 'fonts-dejavu-core', 'openssl', 'procps'];

const isInstalled = (name) =>
  runQuiet('dpkg-query', ['-W', '-f=${db:Status-Status}', name]).output.trim() === 'installed';

export const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

export function missingPackages(names) {
  return existsSync('/usr/bin/dpkg-query') ? names.filter((name) => !isInstalled(name)) : [];
}

/** Installs the missing ones; ends the program with apt's words if that fails and `required`. Returns what is still missing. */
export function ensurePackages(names, { required }) {
  const missing = missingPackages(names);
  if (missing.length === 0) return [];
  process.stdout.write(`Installing Debian packages: ${missing.join(' ')} …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    runQuiet(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...missing],
      { env },
    );
  let result = install();
  if (!result.ok) {
    runQuiet('apt-get', ['update', '-q'], { env });
    result = install();
  }
  if (!result.ok && required)
    fail(
      `the Debian packages ${missing.join(' ')} could not be installed:\n${result.output.split('\n').slice(-15).join('\n')}`,
    );
  return missingPackages(names);
}
