import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './electron/hosts/find-browser.ts';

const browser = findBrowser(process.env, process.platform, existsSync);
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  testIgnore: '**/node_modules/**',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  // A busy machine takes several times as long as an idle one; a broken page never gets there.
  timeout: 150_000,
  expect: { timeout: 20_000 },
  use: {
    launchOptions: {
      ...(browser === null ? {} : { executablePath: browser.path }),
      args: [
        // Chromium's sandbox refuses to run as root, which is what containers are.
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
