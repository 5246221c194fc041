// `npm run kernel`: compiles the simulation's hot loops into the file the engine loads.
import { writeFileSync } from 'node:fs';
import { compileKernel, kernelFile } from './kernel-lib.ts';
import { installTestNodes } from './test-setup.ts';

await installTestNodes();
writeFileSync(kernelFile, await compileKernel());
