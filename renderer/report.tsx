/**
 * The page that is printed. It trades the ticket in its address for a report, draws it, and says when it is ready:
 * `data-ready="true"` on the root element, or `data-ready="error"` with the error as the page's text.
 */
import './theme/tokens.css';
import './theme/fonts.css';
import './theme/base.css';
import './report/page.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { AppError, toAppError } from '../shared/contract/errors.ts';
import { readFragment } from '../shared/contract/socket.ts';
import type { Report } from '../shared/domain/report.ts';
import { DEFAULT_LOCALE, formatBlock } from '../shared/format/numbers.ts';
import { formatInstant } from '../shared/format/time.ts';
import { createText } from '../shared/text/text.ts';
import { adoptPageMargins } from './report/pageMargins.ts';
import { PrintFailure } from './report/PrintFailure.tsx';
import { ReportPaper } from './report/ReportPaper.tsx';
import { connectBridge, createBridgeClient } from './transport.ts';

const FACES = ["400 12px 'Inter'", "500 12px 'Inter'", "600 12px 'Inter'", "400 12px 'JetBrains Mono'"];

const text = createText();
const { t } = text;

async function fetchReport(): Promise<Report> {
  const { ticket } = readFragment(window.location.hash);
  if (ticket === null) throw new AppError('bad-request', t('reports.paper.failed.noTicket'));
  return createBridgeClient(await connectBridge()).call('reports.printed', { ticket });
}

/** Charts measure their labels while they draw, so the faces for every name on the page must be there before. */
async function loadFonts(report: Report): Promise<void> {
  const names = [
    ...report.exposure.nodes.map(({ name }) => name),
    ...report.accounts.map(({ label }) => label),
  ];
  const letters = ['A', ...new Set(names.join(''))].join('');
  await Promise.all(FACES.map((face) => document.fonts.load(face, letters)));
}

function writeMargins(report: Report): void {
  const { number, time } = report.origin.block;
  document.title = t('reports.paper.documentTitle', { portfolio: report.portfolio.name });
  adoptPageMargins(document, {
    topLeft: document.title,
    topRight: report.portfolio.kind === 'sample' ? t('reports.paper.sampleMark') : '',
    bottomLeft: t('reports.paper.page.block', {
      block: formatBlock(number, DEFAULT_LOCALE),
      time: formatInstant(time * 1000),
    }),
  });
}

/** Renders and commits before it returns; throws what a component threw. */
function render(root: HTMLElement, content: React.ReactNode): void {
  const failures: unknown[] = [];
  const reactRoot = createRoot(root, { onUncaughtError: (thrown) => failures.push(thrown) });
  flushSync(() => reactRoot.render(<I18nextProvider i18n={text}>{content}</I18nextProvider>));
  if (failures.length === 0) return;
  reactRoot.unmount();
  throw failures[0];
}

async function main(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('report.html has no #root');
  try {
    const report = await fetchReport();
    await loadFonts(report);
    writeMargins(report);
    render(root, <ReportPaper report={report} />);
    await document.fonts.ready;
    document.documentElement.dataset['ready'] = 'true';
  } catch (thrown) {
    render(root, <PrintFailure error={toAppError(thrown)} />);
    document.documentElement.dataset['ready'] = 'error';
  }
}

void main();
