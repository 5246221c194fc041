import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reportFileName } from './file-name.ts';
import { makeSampleReport } from './testing/sample-report.ts';

const report = makeSampleReport();

function nameOf(name: string): string {
  return reportFileName({ ...report, portfolio: { ...report.portfolio, name } }, 'pdf');
}

it.each([
  ['Treasury', 'ballast-treasury-2026-11-01.pdf'],
  ['  Éclair & Zoë’s / fund  ', 'ballast-eclair-zoe-s-fund-2026-11-01.pdf'],
  ['財務部 冷錢包', 'ballast-財務部-冷錢包-2026-11-01.pdf'],
  ['한국 금고', 'ballast-한국-금고-2026-11-01.pdf'],
  ['हिन्दी', 'ballast-हिन्दी-2026-11-01.pdf'],
  ['../../etc/passwd', 'ballast-etc-passwd-2026-11-01.pdf'],
  ['CON', 'ballast-con-2026-11-01.pdf'],
  ['🔒🔒', 'ballast-portfolio-2026-11-01.pdf'],
  ['', 'ballast-portfolio-2026-11-01.pdf'],
])('names the file of %j', (portfolio, expected) => {
  expect(nameOf(portfolio)).toBe(expected);
});

it('never ends the name in a cut hyphen or half a letter', () => {
  expect(nameOf(`${'a'.repeat(39)} b`)).toBe(`ballast-${'a'.repeat(39)}-2026-11-01.pdf`);
  expect(nameOf('𐐀'.repeat(60))).toBe(`ballast-${'𐐨'.repeat(40)}-2026-11-01.pdf`);
});

it('is valid on every file system, for any name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (name) => {
      const file = nameOf(name);
      expect(file).not.toMatch(/[\u0000-\u001f<>:"/\\|?*]/u);
      expect(file.isWellFormed()).toBe(true);
      expect(new TextEncoder().encode(file).length).toBeLessThan(255);
    }),
  );
});
