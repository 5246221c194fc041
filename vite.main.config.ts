import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const source = join(import.meta.dirname, 'electron');

/** The solver looks for its WebAssembly beside its own module, which the bundle moves. */
function carrySolver(): Plugin {
  return {
    name: 'carry-solver',
    generateBundle() {
      const file = join(import.meta.dirname, 'node_modules', 'highs', 'build', 'highs.wasm');
      this.emitFile({ type: 'asset', fileName: 'highs.wasm', source: readFileSync(file) });
    },
  };
}

/** The main process, the command line, the Chromium host and the engine's worker, as ES modules for Node. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [carrySolver()],
  ssr: {
    // Everything is bundled, so that the packaged application carries no node_modules.
    noExternal: true,
    external: ['electron', 'playwright-core'],
  },
  build: {
    ssr: true,
    outDir: join(import.meta.dirname, 'dist', 'main'),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        main: join(source, 'main.ts'),
        cli: join(source, 'cli.ts'),
        'chromium-main': join(source, 'chromium-main.ts'),
        'risk-worker': join(source, 'risk', 'worker.ts'),
        'bitcoin-worker': join(source, 'chain', 'bitcoin', 'bitcoin-worker.ts'),
      },
      external: ['electron', 'playwright-core'],
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        // Beside the entries, so that a path relative to import.meta.url means the same in every file.
        chunkFileNames: 'chunk-[name].js',
      },
    },
  },
});
