import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits in base64url: 43 characters. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Finds the entry whose hash is this one's, in a time that does not depend on how much of any hash agrees. */
export function findByHash<T extends { readonly hash: Buffer }>(
  entries: Iterable<T>,
  hash: Buffer,
): T | null {
  let found: T | null = null;
  for (const entry of entries) {
    if (timingSafeEqual(entry.hash, hash)) found = entry;
  }
  return found;
}

/** What a token opens: a window of the user's, an address shown in the terminal, or a page that is being printed. */
export type TokenPurpose = 'window' | 'address' | 'print';

interface IssuedToken {
  readonly hash: Buffer;
  readonly purpose: TokenPurpose;
  readonly expiresAt: number;
  readonly onUsed: () => void;
}

export interface TokenBook {
  /** A fresh token. Issuing an `address` takes the previous one back, so that at most one lies around in a terminal. */
  issue(purpose: TokenPurpose, lifetimeMs: number, onUsed?: () => void): string;
  /** Uses a token up. Null where there is none such, or it is too old. */
  redeem(token: string): TokenPurpose | null;
}

/** One-time tokens. Only their hashes are kept. */
export function createTokenBook(now: () => number): TokenBook {
  const issued = new Set<IssuedToken>();
  const dropIf = (isDropped: (entry: IssuedToken) => boolean): void => {
    for (const entry of [...issued]) if (isDropped(entry)) issued.delete(entry);
  };
  return {
    issue(purpose, lifetimeMs, onUsed = () => undefined) {
      const time = now();
      dropIf((entry) => entry.expiresAt <= time || (purpose === 'address' && entry.purpose === 'address'));
      const token = createSecret();
      issued.add({ hash: hashSecret(token), purpose, expiresAt: time + lifetimeMs, onUsed });
      return token;
    },
    redeem(token) {
      const time = now();
      dropIf((entry) => entry.expiresAt <= time);
      const entry = findByHash(issued, hashSecret(token));
      if (entry === null) return null;
      issued.delete(entry);
      entry.onUsed();
      return entry.purpose;
    },
  };
}
