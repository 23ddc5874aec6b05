import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Started } from '../support/console.ts';
import { eventually } from '../support/eventually.ts';
import { type WorkingCopy, workingCopy } from '../support/git.ts';
import { kubectl } from '../support/kubectl.ts';

const folderOf = (name: string): string => fileURLToPath(new URL(`demo/${name}`, import.meta.url));

const WAIT_MS = 120_000;

/** A repository that starts as the folder of the same name in `demo`. */
class Project {
  readonly name: string;
  readonly #copy: WorkingCopy;

  constructor(gantry: Started, name: string) {
    this.name = name;
    this.#copy = workingCopy(gantry.gitUrl(name));
    cpSync(folderOf(name), this.#copy.folder, { recursive: true });
  }

  edit(file: string, from: string, to: string): void {
    const path = join(this.#copy.folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} holds no ${from}`);
    writeFileSync(path, text.replaceAll(from, to));
  }

  remove(file: string): void {
    this.#copy.remove(file);
  }

  /** Commits as somebody, and pushes; ends when the server has answered. */
  push(author: string, message: string, branch = 'main'): void {
    this.#copy.git('add', '-A');
    const address = `${author.toLowerCase()}@example.com`;
    this.#copy.git('commit', '-q', `--author=${author} <${address}>`, '-m', message);
    this.#copy.git('push', '-q', 'origin', `HEAD:${branch}`);
  }

  dispose(): void {
    this.#copy.dispose();
  }
}

/** A small company's cluster: a shop that has drifted and is about to change, billing that is broken, a blog that is well. */
export async function setUpDemo(gantry: Started): Promise<void> {
  const k = kubectl(gantry.status.kubeconfig);
  const [blog, billing, shop] = ['blog', 'billing', 'shop'].map((name) => new Project(gantry, name)) as [
    Project,
    Project,
    Project,
  ];
  try {
    blog.push('Grace', 'Start the blog');
    billing.push('Linus', 'Invoices, two of them');
    shop.push('Ada', 'Open the shop');
    shop.edit('settings.yaml', 'checkout: express', 'checkout: one-click');
    shop.push('Grace', 'Buy with one click');
    shop.edit('web.yaml', 'Welcome to the shop', 'Summer sale: a fifth off');
    shop.push('Ada', 'Announce the summer sale');
    const ready = (deployment: string, namespace: string): string =>
      k('rollout', 'status', `deployment/${deployment}`, '--namespace', namespace, '--timeout=50s');
    for (const name of ['web', 'catalog', 'search']) ready(name, 'shop');
    ready('blog', 'blog');
    ready('invoices', 'billing');

    billing.edit('invoices.yaml', 'busybox:1.35', 'registry.invalid/billing/invoices:2.4.1');
    billing.edit('invoices.yaml', 'command: [sleep, "86400"]', 'args: [serve]');
    billing.push('Linus', 'Release invoices 2.4.1');

    shop.edit('web.yaml', 'replicas: 3', 'replicas: 4');
    shop.edit('web.yaml', 'gantry/demo:1.0', 'gantry/demo:2.0');
    shop.edit('settings.yaml', 'currency: EUR', 'currency: EUR\n  vat: "19"');
    shop.remove('search.yaml');
    shop.push('Ada', 'Web 2.0, and search moves into the catalog', 'web-2');

    // Somebody helps by hand, past Git.
    const byHand = ['--namespace', 'shop', '--as=grace', '--as-group=system:masters'];
    k('patch', 'configmap', 'settings', ...byHand, '-p', '{"data":{"recommendations":"off"}}');
    const stateOf = (name: string, path: string): string =>
      k('get', 'application', name, '--namespace', name, '-o', `jsonpath={.status.${path}}`);
    await eventually(() => {
      const seen = [stateOf('shop', 'sync'), stateOf('billing', 'health'), stateOf('blog', 'health')];
      if (!/^OutOfSync Degraded Healthy$/.test(seen.join(' '))) throw new Error(seen.join(' '));
    }, WAIT_MS);
  } finally {
    for (const project of [blog, billing, shop]) project.dispose();
  }
}
