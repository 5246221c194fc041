import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, 'renderer');

/** The page: two documents that keep to `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'`. */
export default defineConfig({
  root,
  // Relative, because each host serves the page from another place.
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, 'dist', 'page'),
    emptyOutDir: true,
    // The oldest browser the Chromium host accepts; Electron's is newer.
    target: 'chrome130',
    // A data: URI would need font-src or img-src data:.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    sourcemap: false,
    rolldownOptions: {
      input: { index: join(root, 'index.html'), report: join(root, 'report.html') },
    },
  },
});
