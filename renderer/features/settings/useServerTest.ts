/** Asks a node or a Bitcoin server whether it answers, and says what it said. */
import type { ServerList } from '../../../shared/contract/settings.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import { BLOCK_UNIT } from '../../../shared/domain/figure.ts';
import { formatValue } from '../../../shared/format/numbers.ts';
import { useText } from '../../state/text.ts';
import { useCommand } from '../../state/useCommand.ts';

/** The setting that holds the URLs. */

export interface ServerTest {
  readonly isRunning: boolean;
  readonly error: AppError | null;
  /** A sentence; null where it failed. */
  run(question: { readonly networkId: string; readonly url: string }): Promise<string | null>;
  reset(): void;
}

export function useServerTest(list: ServerList): ServerTest {
  const { t, locale } = useText();
  const node = useCommand('settings.testNode');
  const server = useCommand('settings.testServer');
  const formatBlock = (block: bigint) => formatValue(block, BLOCK_UNIT, { locale, isBare: true });
  const { isRunning, error, reset } = list === 'rpcUrls' ? node : server;
  return {
    isRunning,
    error,
    reset,
    async run(question) {
      if (list === 'rpcUrls') {
        const outcome = await node.run(question);
        if (!outcome.ok) return null;
        const { chainId, blockNumber } = outcome.value;
        return t('settings.node.answers', { chainId, block: formatBlock(blockNumber) });
      }
      const outcome = await server.run(question);
      if (!outcome.ok) return null;
      const { kind, network, height } = outcome.value;
      return t(`settings.server.answers.${kind}`, { network, block: formatBlock(BigInt(height)) });
    },
  };
}
