// Compiles the simulation's hot loops, AssemblyScript, to the bytes that the engine carries.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, runNode } from './processes.ts';

const folder = 'electron/risk/distribution/simulate';
const compiler = 'e2e/nodes/node_modules/assemblyscript/bin/asc.js';
/** The file that holds the compiled kernel. */
export const kernelFile = join(projectRoot, folder, 'kernel-bytes.ts');
const LINE = 104;

/** The text of kernel-bytes.ts for the kernel's source as it is. The compiler is deterministic. */
export async function compileKernel(): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), 'ballast-kernel-'));
  const file = join(out, 'kernel.wasm');
  try {
    const memory = ['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'];
    const args = [
      `${folder}/assembly/kernel.ts`,
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'threads',
      '--enable',
      'simd',
    ];
    const { code, output } = await runNode(compiler, [...args, ...memory, '--outFile', file], {
      output: 'capture',
    });
    if (code !== 0) throw new Error(`The kernel does not compile:\n${output}`);
    return writeModule(readFileSync(file));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function writeModule(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64');
  const lines = Array.from({ length: Math.ceil(text.length / LINE) }, (_, i) =>
    text.slice(i * LINE, (i + 1) * LINE),
  );
  const parts = lines.map((line) => `  '${line}'`).join(' +\n');
  return `/** assembly/kernel.ts, compiled by \`npm run kernel\`. Not edited by hand. */\nexport const KERNEL_BYTES =\n${parts};\n`;
}
