/** The engine as a contestant: a Node process of its own, started anew for every trial and warmed up. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Contestant, Outcome } from './contestant.ts';

/** What the engine is to do; engine-tasks.ts does it. */
export interface EngineTask {
  readonly kind: 'simulate' | 'reaggregate' | 'semi-analytic' | 'edit' | 'gamma';
  readonly paths: number;
  readonly hasCascades: boolean;
  /** Threads that sample. */
  readonly workers: number;
}

export type ChildRequest =
  | { readonly kind: 'prepare'; readonly jsonFile: string; readonly task: EngineTask }
  | { readonly kind: 'run'; readonly seed: number };

export type ChildReply =
  | { readonly kind: 'prepared'; readonly skipped: string | null }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly message: string };

const childFile = join(import.meta.dirname, 'engine.child.ts');

export function createEngineContestant(name: string, task: EngineTask): Contestant {
  let child: ChildProcess | null = null;
  return {
    name,
    async prepare({ jsonFile }) {
      child = fork(childFile, [], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      const reply = await ask(child, { kind: 'prepare', jsonFile, task });
      return reply.kind === 'prepared' ? reply.skipped : fail(reply);
    },
    async run(seed) {
      if (child === null) throw new Error(`${name} was not prepared.`);
      const reply = await ask(child, { kind: 'run', seed });
      return reply.kind === 'outcome' ? reply.outcome : fail(reply);
    },
    async dispose() {
      const ended = child;
      child = null;
      if (ended === null || ended.exitCode !== null || ended.signalCode !== null) return;
      await new Promise<void>((resolve) => {
        ended.once('exit', () => resolve());
        ended.disconnect();
      });
    },
  };
}

function fail(reply: ChildReply): never {
  throw new Error(reply.kind === 'failed' ? reply.message : `An answer to another question: ${reply.kind}`);
}

function ask(child: ChildProcess, request: ChildRequest): Promise<ChildReply> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => {
      child.off('message', onMessage);
      reject(new Error(`The engine's process ended (${code ?? 'by a signal'}).`));
    };
    const onMessage = (reply: unknown): void => {
      child.off('exit', onExit);
      // `as`: our own child sends nothing else.
      resolve(reply as ChildReply);
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
    child.send(request);
  });
}
