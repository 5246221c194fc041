import { useEffect, useState } from 'react';

/** The value once it has stayed the same for a while; null until then. What is costly to work out waits for it. */
export function useSettled<T>(value: T, waitMs: number): T | null {
  const [settled, settle] = useState<{ readonly value: T } | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => settle({ value }), waitMs);
    return () => clearTimeout(timer);
  }, [value, waitMs]);
  // Of an older value nothing is said.
  return settled?.value === value ? value : null;
}
