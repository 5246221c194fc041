/** The page's entry: connects to the main process, and shows the program. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createText } from '../shared/text/text.ts';
import { pages } from './registry/pages.tsx';
import { App } from './shell/App.tsx';
import './theme/fonts.css';
import './theme/tokens.css';
import './theme/base.css';
import { connectBridge, createBridgeClient } from './transport.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root');

const connection = await connectBridge();
createRoot(root).render(
  <StrictMode>
    <App client={createBridgeClient(connection)} connection={connection} text={createText()} pages={pages} />
  </StrictMode>,
);
