import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

/** `npm run screenshots`: the pictures of the documentation. No part of the tests, which leave the tree as it is. */
export default defineConfig({
  ...tests,
  testDir: './screenshots',
  projects: [{ name: 'screenshots' }],
});
