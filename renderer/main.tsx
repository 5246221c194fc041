/** The page's entry: connects to the main process, and shows the program. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { createText } from '../shared/text/text.ts';
import { pages } from './registry/pages.tsx';
import { App } from './shell/App.tsx';
import './theme/fonts.css';
import './theme/tokens.css';
import './theme/base.css';
import { connectBridge, createClient } from './transport.ts';

// zod would otherwise try whether it may compile code, which the content security policy reports as a violation.
z.config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root');

const connection = await connectBridge();
createRoot(root).render(
  <StrictMode>
    <App client={createClient(connection)} connection={connection} text={createText()} pages={pages} />
  </StrictMode>,
);
