import { decode, encode } from '../../shared/contract/codec.ts';
import { methods, resultSchema } from '../../shared/contract/methods.ts';
import type { ServedApp } from '../host.ts';

/** Whether anything is being worked on right now, asked through the contract like the page would. */
export async function hasRunningJob(served: ServedApp): Promise<boolean> {
  const result = resultSchema.parse(decode(await served.dispatch('jobs.list', encode({}))));
  if (!result.ok) return false;
  return methods['jobs.list'].output.parse(result.value).some((job) => job.state === 'running');
}
