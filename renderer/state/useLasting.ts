import { useEffect, useState } from 'react';

/** True once `isOn` has been so for `ms`: work that is done sooner needs no word, which would only flicker. */
export function useLasting(isOn: boolean, ms: number): boolean {
  const [isLasting, setIsLasting] = useState(false);
  useEffect(() => {
    if (!isOn) return;
    const timer = setTimeout(() => setIsLasting(true), ms);
    return () => {
      clearTimeout(timer);
      setIsLasting(false);
    };
  }, [isOn, ms]);
  return isLasting;
}
