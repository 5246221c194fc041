/** The engine's public functions. Its worker is started by file, not imported: see worker.ts and worker-messages.ts. */
export { runScenario } from './scenario/run-scenario.ts';
export { suggestScenario } from './scenario/suggest-scenario.ts';
export { validateExposure } from './scenario/validate-exposure.ts';
export { createCancelFlag, requestCancel } from './worker-messages.ts';
export type { WorkerReply, WorkerRequest } from './worker-messages.ts';
export type { RunHooks } from './work.ts';
