/**
 * The engine's public functions, and nothing else: pure functions of their arguments, except that the engine's worker
 * is started by file (worker.ts). docs/method/ explains each; docs/engine.md shows scripts of a few lines.
 */

// Exposure graph
export { flattenGraph } from './graph/flatten-graph.ts';
export { graphOfExposure } from './graph/graph-of-exposure.ts';
export { parseGraph } from './graph/parse-graph.ts';
export { securityOfGraph } from './graph/security-of-graph.ts';
export { validateGraph } from './graph/validate-graph.ts';

// Protocol arithmetic: Ethereum consensus
export { computeAttestationPenalty } from './protocols/ethereum/attestation-penalty.ts';
export { computeCorrelationPenalty } from './protocols/ethereum/correlation-penalty.ts';
export { updateEffectiveBalance } from './protocols/ethereum/effective-balance.ts';
export { computeExitChurnLimit, countChurnEpochs, queueExit } from './protocols/ethereum/exit-churn.ts';
export type { Fork } from './protocols/ethereum/fork.ts';
export { simulateInactivityLeak, updateInactivityScore } from './protocols/ethereum/inactivity-leak.ts';
export { computeInitialPenalty } from './protocols/ethereum/initial-penalty.ts';
export { missAttestations } from './protocols/ethereum/missed-attestations.ts';
export { computeSlashingCost } from './protocols/ethereum/slashing-cost.ts';
export { computeWhistleblowerReward } from './protocols/ethereum/whistleblower-reward.ts';
export { computeSweepSlots } from './protocols/ethereum/withdrawal-sweep.ts';

// Protocol arithmetic: EigenLayer
export { reduceBeaconFactor } from './protocols/eigenlayer/beacon-factor.ts';
export { scaleDeposit } from './protocols/eigenlayer/deposit-scaling.ts';
export { modifyAllocation, settlePendingChange } from './protocols/eigenlayer/modify-allocation.ts';
export {
  completeWithdrawal,
  isWithdrawalSlashable,
  queueWithdrawal,
} from './protocols/eigenlayer/queued-withdrawal.ts';
export {
  computeOperatorSharesSlashed,
  computeQueuedSharesSlashed,
  computeSlashingFactor,
  computeWithdrawableShares,
  payScaledShares,
  scaleShares,
} from './protocols/eigenlayer/shares.ts';
export { slashAllocation } from './protocols/eigenlayer/slash-allocation.ts';
export { slashOperator } from './protocols/eigenlayer/slash-operator.ts';
export { routeSlashedShares } from './protocols/eigenlayer/slashed-funds.ts';

// Protocol arithmetic: Babylon, Symbiotic, Karak
export { findParameters } from './protocols/babylon/mainnet-parameters.ts';
export { computeSlashingTransaction } from './protocols/babylon/slashing-transaction.ts';
export { computeStakeLoss } from './protocols/babylon/stake-loss.ts';
export { earmarkSlashing } from './protocols/karak/earmark-slashing.ts';
export { finaliseSlashing } from './protocols/karak/finalise-slashing.ts';
export { slashInOneWindow } from './protocols/karak/slash-in-one-window.ts';
export {
  computeFullRestakeStake,
  computeNetworkRestakeStake,
} from './protocols/symbiotic/delegator-stake.ts';
export { computeHolderBalance } from './protocols/symbiotic/holder-balance.ts';
export { computeSlashableStake, limitSlash } from './protocols/symbiotic/slashable-stake.ts';
export { splitVaultSlash } from './protocols/symbiotic/split-vault-slash.ts';

// Deterministic scenarios
export { replayIncident } from './scenario/replay-incident.ts';
export { runScenario } from './scenario/run-scenario.ts';
export { sortOutContradictions } from './scenario/sort-out-contradictions.ts';
export { suggestScenario } from './scenario/suggest-scenario.ts';
export { validateExposure } from './scenario/validate-exposure.ts';

// Network security
export { assessElasticSecurity } from './security/assess-elastic.ts';
export { assessGraph } from './security/assess-graph.ts';
export { assessSecurity } from './security/assess-security.ts';
export { verifyAttack } from './security/attack.ts';
export { verifyCascade } from './security/cascade.ts';
export { verifyLpCertificate, verifyProfitShares } from './security/certificate.ts';
export { verifyElasticAttack } from './security/elastic-attack.ts';
export { findBreakingSet } from './security/elastic-robustness.ts';
export { buildElasticNetwork, failServices } from './security/elastic-network.ts';
export { GammaTracker } from './security/gamma-tracker.ts';
export { boundLoss, computeGamma } from './security/gamma.ts';
export { createHighsSolver } from './security/highs-solver.ts';
export { indexNetwork } from './security/indexed-network.ts';
export { formatRational, parseRational } from './security/rational.ts';
export { buildSecurityNetwork } from './security/restaking-network.ts';
export { solveSymmetricElastic } from './security/symmetric-elastic.ts';
export { findWorstCascade } from './security/worst-cascade.ts';

// Hazards and loss distributions
export { buildGraphLossModel, buildLossModel } from './distribution/build-loss-model.ts';
export { aggregate } from './distribution/loss-distribution.ts';
export type { LossModel } from './distribution/loss-model.ts';
export { openStudy } from './distribution/loss-study.ts';
export { moveValue } from './distribution/move-value.ts';
export { simulate } from './distribution/simulate/simulate.ts';
export {
  computeBetaBinomialCorrelation,
  computeBetaBinomialLaw,
} from './distribution/semi-analytic/beta-binomial.ts';
export { computeLossLaw } from './distribution/semi-analytic/compute-loss-law.ts';
export {
  computeExpectedLoss,
  makeLinearBook,
  makePlainBook,
} from './distribution/semi-analytic/linear-book.ts';
export type { LinearBook } from './distribution/semi-analytic/linear-book.ts';
export { readLinearBook } from './distribution/semi-analytic/linear-book-of-model.ts';
export {
  computeExceedance,
  computeExpectedShortfall,
  computeLawMean,
  computeValueAtRisk,
  listExceedance,
} from './distribution/semi-analytic/loss-law.ts';
export type { LossLaw } from './distribution/semi-analytic/loss-law.ts';
export {
  computeFaultProbability,
  computeJointFaultProbability,
  computeJointSurvival,
} from './distribution/semi-analytic/marshall-olkin.ts';
export {
  computeConditionalProbability,
  computeDefaultCorrelation,
  computeJointProbability,
  computeVasicekQuantile,
  findRhoOfConditionalChance,
  findRhoOfJointProbability,
} from './distribution/semi-analytic/one-factor.ts';
export { chanceOf, erfc, hazardOf, normalCdf, normalQuantile, normalSurvival } from './math/normal.ts';
export { makeSeverity } from './distribution/severity.ts';
export { ratesOfEvidence } from './hazards/gamma-posterior.ts';
export { joinEvents, rhoOfResidual } from './hazards/residual-correlation.ts';

// Products of the catalogue against each other
export { compareProducts } from './compare/compare-products.ts';

// Time to exit
export { compareExits } from './exit/compare-exits.ts';
export { quoteSale } from './exit/depth-curve.ts';
export { DEFAULT_EXIT_ASSUMPTIONS, NO_EXIT_STRESS } from './exit/exit-assumptions.ts';
export { makeExitPositions, readCompletableBlocks } from './exit/exit-position.ts';
export { planExit } from './exit/plan-exit.ts';
export { planExits } from './exit/plan-exits.ts';
export { weighQueueHistory } from './exit/queue-history.ts';

// Work in a thread
export { createCancelFlag, requestCancel } from './worker-messages.ts';
export type { WorkerReply, WorkerRequest } from './worker-messages.ts';
export type { RunHooks } from './work.ts';
