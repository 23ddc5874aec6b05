import { defineConfig } from '@playwright/test';

/** Debian's Chromium; nothing it does by itself may go out. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

const browser = {
  browserName: 'chromium',
  launchOptions: { executablePath: CHROMIUM, args: QUIET },
  viewport: { width: 1440, height: 900 },
} as const;

/** Nothing moves while it is measured. */
const contextOptions = { reducedMotion: 'reduce' } as const;

export default defineConfig({
  testDir: './console',
  outputDir: './.cache/playwright',
  globalSetup: './support/console-setup.ts',
  // One Gantry for all: the specs use namespaces of their own.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: { ...browser, trace: 'retain-on-failure', screenshot: 'only-on-failure', contextOptions },
  projects: [
    { name: 'light', use: { ...browser, colorScheme: 'light' } },
    // The logic is the same in both: here every page, tab and dialog once more, with the way from push to healthy.
    {
      name: 'dark',
      use: { ...browser, colorScheme: 'dark' },
      testMatch:
        /(visits|applications|application-actions|metrics|origin|rights|forms|time|topology|users|waiting)\.spec\.ts$/,
      // What takes long and looks the same.
      grepInvert: /more than 1,000|disabled and deleted|image is not there/,
    },
  ],
});
