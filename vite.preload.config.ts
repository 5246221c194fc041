import { join } from 'node:path';
import { defineConfig } from 'vite';

/** The preload script: one CommonJS file, because a sandboxed preload can neither be a module nor require a file. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    outDir: join(import.meta.dirname, 'dist', 'main'),
    // The main build emptied the folder and put its files there just before.
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { preload: join(import.meta.dirname, 'electron', 'preload.ts') },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
});
