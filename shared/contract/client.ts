/** The contract as typed calls, over anything that carries its text: the page's bridge, or the same process. */
import type { Client } from './bridge.ts';
import { decode, encode } from './codec.ts';
import { fromErrorValue } from './errors.ts';
import { eventSchema, resultSchema, type MethodName, type MethodOutput } from './methods.ts';

/** Carries encoded text and knows nothing of its meaning. */
export interface Carrier {
  call(method: MethodName, input: string): Promise<string>;
  subscribe(listener: (event: string) => void): () => void;
}

/** Encodes inputs, decodes answers and events, and throws error values as AppError. */
export function createClient(carrier: Carrier): Client {
  return {
    async call(method, input) {
      const result = resultSchema.parse(decode(await carrier.call(method, encode(input))));
      if (!result.ok) throw fromErrorValue(result.error);
      // The main process parsed the output with the method's own schema before it sent it.
      return result.value as MethodOutput<typeof method>;
    },
    subscribe(listener) {
      return carrier.subscribe((event) => listener(eventSchema.parse(decode(event))));
    },
  };
}
