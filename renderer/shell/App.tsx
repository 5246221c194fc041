import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import type { Client } from '../../shared/contract/bridge.ts';
import type { PageEntry } from '../registry/page.ts';
import { ClientProvider } from '../state/client.tsx';
import { FigureTip } from '../ui/FigureTip.tsx';
import { ToastArea } from '../ui/ToastArea.tsx';
import type { ConnectionStates } from './ConnectionNotice.tsx';
import { Frame } from './Frame.tsx';
import { PageBoundary } from './PageBoundary.tsx';

interface AppProps {
  readonly client: Client;
  readonly connection: ConnectionStates;
  readonly text: i18n;
  readonly pages: readonly PageEntry[];
}

/** Everything above the frame: services, texts, and what floats. */
export function App({ client, connection, text, pages }: AppProps) {
  return (
    <CSPProvider disableStyleElements>
      <I18nextProvider i18n={text}>
        <ClientProvider client={client}>
          <Tooltip.Provider delay={350}>
            <PageBoundary>
              <Frame connection={connection} pages={pages} />
            </PageBoundary>
            <FigureTip />
            <ToastArea />
          </Tooltip.Provider>
        </ClientProvider>
      </I18nextProvider>
    </CSPProvider>
  );
}
