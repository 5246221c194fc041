import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type * as ElectronStub from './electron-stub.ts';

const require = createRequire(import.meta.url);
const stubUrl = new URL('./electron-stub.ts', import.meta.url).href;

/**
 * From here on Node gives the stub to whoever imports `electron`. The program is then loaded by Node itself, as it stands,
 * rather than by the test runner: what the hooks see is what would run.
 * @param files where the program is to find its own files, so that these tests need no build
 */
export function loadStubbed(files: { readonly pageDir: string; readonly preload: string }) {
  const filesSource = `
    import { fileURLToPath } from 'node:url';
    const root = ${JSON.stringify(pathToFileURL(`${import.meta.dirname}/../../../../`).href)};
    export const locateProgramFiles = () => ({
      ...${JSON.stringify(files)},
      assetsDir: fileURLToPath(new URL('assets', root)),
      workerUrl: new URL('electron/risk/worker.ts', root),
    });`;
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'electron') return { url: stubUrl, format: 'module-typescript', shortCircuit: true };
      return next(specifier, context);
    },
    load(url, context, next) {
      if (!url.endsWith('/hosts/program-files.ts')) return next(url, context);
      return { format: 'module', source: filesSource, shortCircuit: true };
    },
  });
  return {
    // The type is the stub's own; require cannot know it.
    stub: require('./electron-stub.ts') as typeof ElectronStub,
    load: (path: string): unknown => require(path),
    stop: () => hooks.deregister(),
  };
}
