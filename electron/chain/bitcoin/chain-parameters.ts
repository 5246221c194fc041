/** What tells Bitcoin's networks apart, and what their block headers must obey. */
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';

/** A block whose hash is known beforehand. */
export interface Checkpoint {
  readonly height: number;
  readonly hash: string;
  /** Its target in compact form. */
  readonly bits: number;
}

export interface ChainRules {
  /** The easiest target there may be, in compact form. */
  readonly limitBits: number;
  /** Whether the target follows from the time the last 2016 blocks took, and from nothing else. */
  readonly isRetargeted: boolean;
  /** By height. */
  readonly checkpoints: readonly Checkpoint[];
}

/** Hashes of the first block. Under testnet both of the test networks in use are meant: testnet3 and testnet4. */
export const GENESIS_HASHES = {
  mainnet: ['000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f'],
  testnet: [
    '000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943',
    '00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043',
  ],
  // Every signet has this one: they differ in who may sign blocks, which no header tells.
  signet: ['00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6'],
  regtest: ['0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206'],
} as const satisfies Record<BitcoinNetwork, readonly string[]>;

/**
 * Heights and hashes of mainnet are those of Bitcoin Core's `m_assumeutxo_data` (kernel/chainparams.cpp); their headers
 * were hashed to make sure, which is where the targets come from. Limits: the same file, `powLimit`.
 */
export const CHAIN_RULES = {
  mainnet: {
    limitBits: 0x1d00ffff,
    isRetargeted: true,
    checkpoints: [
      { height: 0, hash: GENESIS_HASHES.mainnet[0], bits: 0x1d00ffff },
      {
        height: 840_000,
        hash: '0000000000000000000320283a032748cef8227873ff4872689bf23f1cda83a5',
        bits: 0x17034219,
      },
      {
        height: 910_000,
        hash: '0000000000000000000108970acb9522ffd516eae17acddcb1bd16469194a821',
        bits: 0x17022cb3,
      },
    ],
  },
  // A block of testnet may be of the easiest target whenever twenty minutes have passed since the one before.
  testnet: { limitBits: 0x1d00ffff, isRetargeted: false, checkpoints: [] },
  // Its targets follow mainnet's rule, but blocks are signed: their work proves little, and is not looked at closer.
  signet: {
    limitBits: 0x1e0377ae,
    isRetargeted: false,
    checkpoints: [{ height: 0, hash: GENESIS_HASHES.signet[0], bits: 0x1e0377ae }],
  },
  regtest: {
    limitBits: 0x207fffff,
    isRetargeted: false,
    checkpoints: [{ height: 0, hash: GENESIS_HASHES.regtest[0], bits: 0x207fffff }],
  },
} as const satisfies Record<BitcoinNetwork, ChainRules>;
