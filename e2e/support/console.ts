import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import {
  type Browser,
  test as base,
  expect,
  type Locator,
  type Page,
  type Request,
  request,
} from '@playwright/test';
import type { Status } from './gantry.ts';
import { type WorkingCopy, workingCopy } from './git.ts';
import { type Kubectl, kubectl } from './kubectl.ts';

/** The Gantry that `console-setup.ts` started. */
export interface Started {
  readonly data: string;
  readonly status: Status;
  /** Remote of a repository, with working credentials. */
  gitUrl(name: string): string;
}

type Session =
  Exclude<Awaited<ReturnType<Page['context']>>, string> extends {
    storageState(): Promise<infer State>;
  }
    ? State
    : never;

/** What browsers must not complain about. */
export class Complaints {
  readonly #allowed: RegExp[] = [];
  readonly found: string[] = [];

  /** Complaints that this test provokes: a refused request is one in every browser. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  add(text: string): void {
    if (!this.#allowed.some((pattern) => pattern.test(text))) this.found.push(text);
  }
}

/**
 * Chromium breaks off what it reads when an address comes to this machine or goes, as they do with pods: no fault of the
 * page, which asks again for its data by itself.
 */
const NETWORK_CHANGED = 'net::ERR_NETWORK_CHANGED';

const isScript = (url: string): boolean => new URL(url).pathname.startsWith('/_next/static/');

/** A page that lacks one of its scripts does nothing: opened again, as a person would. */
async function again(request: Request): Promise<void> {
  const page = request.frame().page();
  try {
    await page.waitForLoadState();
    await page.reload();
  } catch {
    // The test has left the page meanwhile.
  }
}

interface TestFixtures {
  readonly complaints: Complaints;
  /** A namespace of the test's own. */
  readonly namespace: string;
  /** kubectl in that namespace. */
  readonly k: Kubectl;
  /** A working copy whose remote is a repository of the test's own, named as `namespace`. */
  readonly copy: WorkingCopy;
}

/** Signs in over HTTP and returns the cookies. */
export async function signIn(status: Status, password = status.adminPassword ?? ''): Promise<Session> {
  const context = await request.newContext({ baseURL: status.consoleUrl });
  const answer = await context.post('/trpc/session.signIn', {
    headers: { 'x-gantry-csrf': '1' },
    data: { name: status.adminUser, password },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  const state = await context.storageState();
  await context.dispose();
  return state;
}

export const test = base.extend<TestFixtures, { readonly gantry: Started }>({
  gantry: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
    async ({}, use) => {
      const { data, status } = JSON.parse(process.env.GANTRY_E2E ?? '{}') as Started;
      await use({ data, status, gitUrl: (name) => status.gitUrl.replace('NAME', name) });
    },
    { scope: 'worker' },
  ],
  baseURL: ({ gantry }, use) => use(gantry.status.consoleUrl),
  storageState: async ({ gantry }, use) => use(await signIn(gantry.status)),
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints();
      context.on('requestfailed', (request) => {
        if (request.failure()?.errorText === NETWORK_CHANGED && isScript(request.url())) void again(request);
      });
      context.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes(NETWORK_CHANGED))
          complaints.add(`${message.text()} (${message.location().url}, on ${message.page()?.url()})`);
      });
      context.on('weberror', (error) => complaints.add(String(error.error())));
      await use(complaints);
      expect(complaints.found, 'errors in the browser console').toEqual([]);
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: see above
  namespace: async ({}, use) => use(`ui-${randomBytes(4).toString('hex')}`),
  k: async ({ gantry, namespace }, use) => {
    const all = kubectl(gantry.status.kubeconfig);
    if (all.try(['get', 'namespace', namespace]).code !== 0) all('create', 'namespace', namespace);
    await use(all.with({ namespace }));
    all('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  },
  copy: async ({ gantry, namespace }, use) => {
    const copy = workingCopy(gantry.gitUrl(namespace));
    await use(copy);
    copy.dispose();
    kubectl(gantry.status.kubeconfig)('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  },
});

/** axe finds nothing on the page as it stands, by WCAG 2.2 AA and by its best practices. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `  ${html.slice(0, 300)}\n  ${failureSummary}`)
        .join('\n')}`,
  );
  expect(told, `axe on ${what}`).toEqual([]);
}

/** Commits everything and pushes while the test goes on; resolves with exit code and output. */
export async function pushLive(
  copy: WorkingCopy,
  message: string,
): Promise<{ readonly code: number | null; readonly output: string }> {
  copy.git('add', '-A');
  copy.git('commit', '-q', '-m', message);
  const child = spawn('git', ['push', 'origin', 'HEAD:main'], {
    cwd: copy.folder,
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_GLOBAL: '/dev/null' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

export const button = (scope: Page | Locator, name: string): Locator =>
  scope.getByRole('button', { name, exact: true });

/** Next has an empty alert of its own on each page. */
export const alert = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('alert').filter({ hasText: text });

export const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name });

/** Opens a page, and waits until it takes keys. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('button', { name: /^Account: ./ })).toBeVisible();
}

/** The row of a live list whose name cell is `name`. */
export const row = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

/** Address of an object of the core group. */
export const corePage = (plural: string, namespace: string, name: string): string =>
  `/resources/core/v1/${plural}/${namespace === '' ? '_' : namespace}/${name}`;

export const appsPage = (plural: string, namespace: string, name: string): string =>
  `/resources/apps/v1/${plural}/${namespace}/${name}`;

/** Puts `text` in place of what an editor holds. */
export async function retype(editor: Locator, text: string): Promise<void> {
  await editor.click();
  await editor.press('ControlOrMeta+a');
  await editor.page().keyboard.insertText(text);
}

/** A page of somebody who may only read in one namespace. */
export class Reader {
  readonly page: Page;
  readonly #close: () => Promise<void>;

  private constructor(page: Page, close: () => Promise<void>) {
    this.page = page;
    this.#close = close;
  }

  static async open(browser: Browser, { status }: Started, k: Kubectl, namespace: string): Promise<Reader> {
    k('create', 'serviceaccount', 'reader');
    k('create', 'rolebinding', 'reader', '--clusterrole=view', `--serviceaccount=${namespace}:reader`);
    const token = k('create', 'token', 'reader').trim();
    const context = await browser.newContext({
      baseURL: status.consoleUrl,
      storageState: { cookies: [], origins: [] },
      extraHTTPHeaders: { authorization: `Bearer ${token}` },
    });
    return new Reader(await context.newPage(), () => context.close());
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** A pod that writes a numbered line a second, and lets go of at once. */
export const talker = (name: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - name: main
      image: busybox:1.35
      command: [sh, -c, "i=0; while :; do i=$((i+1)); echo line $i of ${name}; sleep 1; done"]
`;

export { expect };
