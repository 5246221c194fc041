/** Scripts of several descriptors with their addresses, as the vectors of the BIPs have them. */
import { address as addressCodec } from 'bitcoinjs-lib';
import type { BitcoinNetwork } from '../../../../shared/domain/bitcoin.ts';
import { deriveBranch, isRanged, splitBranches, type BranchScript, type IndexRange } from '../derive.ts';
import { libraryNetworks } from '../library-networks.ts';

interface DerivedScript extends BranchScript {
  /** Place among the descriptors. */
  readonly descriptor: number;
  /** Place in `<0;1>`: 0 receives, 1 is for change; 0 where there is none. */
  readonly chain: number;
  /** As the network writes it; null where a script has no address, as that of `pk()`. */
  readonly address: string | null;
}

/**
 * The scripts of every branch of every descriptor. One without a range gives its one script, whatever is asked for.
 * @throws Error where a descriptor gives none
 */
export function deriveAll(
  descriptors: readonly string[],
  network: BitcoinNetwork,
  range: IndexRange,
): DerivedScript[] {
  return descriptors.flatMap((text, descriptor) =>
    splitBranches(text).flatMap((branch, chain) =>
      deriveBranch(branch, network, isRanged(branch) ? range : { from: 0, count: 1 }).map((derived) => ({
        ...derived,
        descriptor,
        chain,
        address: writeAddress(derived.script, network),
      })),
    ),
  );
}

function writeAddress(script: Uint8Array, network: BitcoinNetwork): string | null {
  try {
    return addressCodec.fromOutputScript(script, libraryNetworks[network]);
  } catch {
    return null;
  }
}
