import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppError } from '../../shared/contract/errors.ts';
import { SAMPLE_PORTFOLIO_ID } from '../../shared/domain/account.ts';
import { DEFAULT_STUDY_REQUEST } from '../../shared/domain/kept-study.ts';
import { lossStudySchema, moveResultSchema, type StudyRequest } from '../../shared/domain/loss-study.ts';
import { loadSample } from '../samples.ts';
import { openStore } from '../store/store.ts';
import { makeAddress, makeObservation } from '../testing/made-up.ts';
import { createTestServices } from '../testing/test-services.ts';

const ID = SAMPLE_PORTFOLIO_ID;
const REQUEST: StudyRequest = { ...DEFAULT_STUDY_REQUEST, paths: 5000 };

/** The services on the bundled sample, with the real engine. */
function setUp() {
  const test = createTestServices(
    openStore(null),
    loadSample(join(import.meta.dirname, '..', '..', 'assets')),
  );
  const { services } = test;
  const study = (id = ID, request = REQUEST) =>
    services.jobs.finished(services.studies.start(id, request).id);
  return { ...test, study };
}

async function readOwn(test: ReturnType<typeof setUp>): Promise<string> {
  const { services } = test;
  services.settings.update({ rpcUrls: { ethereum: ['http://127.0.0.1:8545'] } });
  const { id } = services.portfolios.create('Mine', 'ethereum');
  await services.accounts.add(id, makeAddress(1), 'One');
  await services.jobs.finished(services.observe.refresh(id).id);
  return id;
}

const failsWith = (code: string): unknown => expect.objectContaining({ code }) as AppError;

describe('studies', () => {
  it('are made of the newest reading and kept, with a word to the page and to the report', async () => {
    const { services, events, study, clock } = setUp();
    expect(services.studies.latest(ID)).toBeNull();
    const job = await study();
    expect(job).toMatchObject({ state: 'done', kind: 'study', progress: 1 });
    const kept = services.studies.latest(ID);
    expect(kept).toMatchObject({ madeAt: clock.now(), isCurrent: true });
    expect(kept?.study.studyId).toBe(job.resultId);
    expect(lossStudySchema.parse(kept?.study)).toEqual(kept?.study);
    const [calm, base, stressed] =
      kept?.study.sets.map(({ distribution }) => distribution.expectedLoss.value) ?? [];
    expect(calm).toBeGreaterThan(0);
    expect(base).toBeGreaterThan(calm ?? 0);
    expect(stressed).toBeGreaterThan(base ?? 0);
    expect(events).toContainEqual({
      kind: 'changed',
      methods: expect.arrayContaining(['studies.latest', 'studies.moved', 'reports.model']) as string[],
      portfolioId: ID,
    });
  });

  it('give the same numbers for the same request', async () => {
    const { services, study } = setUp();
    await study();
    const first = services.studies.latest(ID)?.study.sets;
    await study();
    expect(services.studies.latest(ID)?.study.sets).toEqual(first);
  });

  it('take an edited rate in all sets, and say so', async () => {
    const { services, study } = setUp();
    await study();
    const sourceId = 'contract_exploit_issuer:contract:lido';
    await study(ID, { ...REQUEST, edits: [{ sourceId, ratePerYear: 0.5 }] });
    for (const { sources } of services.studies.latest(ID)?.study.sets ?? []) {
      const edited = sources.filter(({ isEdited }) => isEdited);
      expect(edited).toMatchObject([{ sourceId, ratePerYear: 0.5, from: null }]);
    }
  });

  it('are of other values once the portfolio was read again, and not once an account has another name', async () => {
    const test = setUp();
    const { services, chain, study } = test;
    const id = await readOwn(test);
    await study(id);
    services.accounts.rename(services.accounts.list(id)[0]?.id ?? '', 'Another');
    expect(services.studies.latest(id)?.isCurrent).toBe(true);
    // The same values in another block are another reading: operators may have allocated anew.
    chain.observe = async ({ addresses }) => {
      const observation = makeObservation(addresses);
      const block = { ...observation.origin.block, hash: `0x${'cd'.repeat(32)}` };
      return { ...observation, origin: { ...observation.origin, block } };
    };
    await services.jobs.finished(services.observe.refresh(id).id);
    expect(services.studies.latest(id)?.isCurrent).toBe(false);
    await study(id);
    expect(services.studies.latest(id)?.isCurrent).toBe(true);
    chain.observe = async ({ addresses }) => makeObservation(addresses, 2);
    await services.jobs.finished(services.observe.refresh(id).id);
    expect(services.studies.latest(id)?.isCurrent).toBe(false);
  });

  it('replace one that still runs', async () => {
    const { services } = setUp();
    const older = services.studies.start(ID, REQUEST);
    const newer = services.studies.start(ID, { ...REQUEST, seed: 2 });
    expect((await services.jobs.finished(older.id)).state).toBe('cancelled');
    expect((await services.jobs.finished(newer.id)).state).toBe('done');
    expect(services.studies.latest(ID)?.study.request.seed).toBe(2);
  });

  it('need a reading, keep no secret in place of an id, and are not known for portfolios that are not there', () => {
    const { services } = setUp();
    const { id } = services.portfolios.create('Mine', 'ethereum');
    expect(() => services.studies.start(id, REQUEST)).toThrow(failsWith('nothing-observed'));
    const secret = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
    const edits = [{ sourceId: secret, ratePerYear: 1 }];
    expect(() => services.studies.start(ID, { ...REQUEST, edits })).toThrow(failsWith('secret-refused'));
    const move = { fromPositionId: secret, toPositionId: null, amount: 1 };
    expect(() => services.studies.move(ID, move)).toThrow(failsWith('secret-refused'));
    expect(() => services.studies.latest('nowhere')).toThrow(failsWith('not-found'));
  });

  it('go with their portfolio, and are out of the report once they are of other values', async () => {
    const test = setUp();
    const { services, chain, study } = test;
    const id = await readOwn(test);
    await study(id);
    const { likelihood } = services.reports.model(id, null);
    expect(likelihood?.study).toEqual(services.studies.latest(id)?.study);
    const used = new Set(
      likelihood?.study.sets.flatMap(({ sources }) => sources.map((source) => source.class)),
    );
    expect(new Set(likelihood?.evidence.classes.map((entry) => entry.id))).toEqual(used);
    chain.observe = async ({ addresses }) => makeObservation(addresses, 3);
    await services.jobs.finished(services.observe.refresh(id).id);
    expect(services.reports.model(id, null).likelihood).toBeUndefined();
    services.portfolios.remove(id);
    expect(() => services.studies.latest(id)).toThrow(failsWith('not-found'));
  });
});

describe('moves', () => {
  const FROM = 'sample-treasury:wstETH:held';
  const move = { fromPositionId: FROM, toPositionId: null, amount: 1 };

  it('are answered on the paths of the latest study, and forgotten with it', async () => {
    const { services, study, events } = setUp();
    expect(() => services.studies.move(ID, move)).toThrow(failsWith('not-found'));
    await study();
    expect(services.studies.moved(ID)).toBeNull();
    const job = await services.jobs.finished(services.studies.move(ID, move).id);
    expect(job).toMatchObject({ state: 'done', kind: 'move' });
    const result = services.studies.moved(ID);
    expect(moveResultSchema.parse(result)).toEqual(result);
    expect(result?.move).toEqual(move);
    for (const { expectedLoss } of result?.sets ?? []) expect(expectedLoss.change.value).toBeLessThan(0);
    expect(events).toContainEqual({ kind: 'changed', methods: ['studies.moved'], portfolioId: ID });
    await study();
    expect(services.studies.moved(ID)).toBeNull();
  });

  it('do not jitter: the same move gives the same change', async () => {
    const { services, study } = setUp();
    await study();
    const ask = async () => {
      await services.jobs.finished(services.studies.move(ID, move).id);
      return services.studies.moved(ID);
    };
    expect(await ask()).toEqual(await ask());
  });

  it('fail in words where the value is not there, or the paths are no longer kept', async () => {
    const test = setUp();
    const { services, study } = test;
    await study();
    const ask = (change: Partial<typeof move>) =>
      services.jobs.finished(services.studies.move(ID, { ...move, ...change }).id);
    expect(await ask({ amount: 1e9 })).toMatchObject({
      state: 'failed',
      error: { code: 'scenario-invalid' },
    });
    // The engine keeps the paths of two studies.
    const own = await readOwn(test);
    await study(own);
    await study(own);
    expect(await ask({})).toMatchObject({
      state: 'failed',
      error: { code: 'not-found', help: 'Run the study again.' },
    });
    expect(services.studies.latest(ID)).not.toBeNull();
  });

  it('that are asked for anew replace the one that still runs', async () => {
    const { services, study } = setUp();
    await study();
    const older = services.studies.move(ID, move);
    const newer = services.studies.move(ID, { ...move, amount: 2 });
    expect((await services.jobs.finished(older.id)).state).toBe('cancelled');
    expect((await services.jobs.finished(newer.id)).state).toBe('done');
    expect(services.studies.moved(ID)?.move.amount).toBe(2);
  });
});
