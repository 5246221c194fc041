/** Names of figures, their formulas with citation, reasons for what is not known, and states. */
export const figures = {
  name: {
    amount: 'Amount',
    rate: 'Rate',
    bookEth: 'Book value',
    bookUsd: 'Book value in dollars',
    ethPrice: 'Price of one ETH',
    depositShares: 'Deposit shares',
    scaledShares: 'Scaled shares in the queue',
    withdrawableShares: 'Withdrawable shares',
    scalingFactor: 'Deposit scaling factor',
    beaconFactor: 'Beacon chain slashing factor',
    maxMagnitude: 'Maximum magnitude of the operator',
    underlying: 'Amount as the strategy converts it',
    contractAnswer: 'As the contract itself answers',
    completableBlock: 'Can be completed from block',
    slashResolution: 'Slashed shares are held back for',
    podShares: 'Deposit shares of native ETH',
    activeValidators: 'Active validators',
    uncheckpointed: 'In the pod, not counted yet',
    rewardsClaimed: 'Rewards claimed so far',
    rewardsClaimable: 'Rewards to claim',
    promised: 'Promised when it was requested',
    givenUp: 'Given back',
    paysToday: 'Worth by today’s books',
    claimableFrom: 'Can be claimed from',
    earliestClaim: 'Could be claimed, if asked back now, from',
    totalEth: 'Total book value',
    totalUsd: 'Total book value in dollars',
    share: 'Share of the portfolio',
    after: 'After the scenario',
    loss: 'Loss in the scenario',
    lossUsd: 'Loss in dollars',
    lossShare: 'Share lost in the scenario',
    marketLoss: 'Below book value at market prices',
    locked: 'Cannot be redeemed',
    recovered: 'Paid by cover',
    lostToSlashing: 'Lost to slashing so far',
    expectedLoss: 'Expected loss',
    lossProbability: 'Chance of any loss',
    valueAtRisk: 'Loss exceeded in few cases (value at risk)',
    expectedShortfall: 'Mean loss of the worst cases (expected shortfall)',
    largestLoss: 'Largest loss seen',
    standardError: 'Standard error of the simulation',
    paths: 'Simulated cases',
    confidence: 'Level',
    change: 'Change',
  },
  formula: {
    'book-eth': 'amount × rate, rounded down to one wei',
    'book-usd': 'value in ETH × price of one ETH, rounded down to 0.00000001 USD',
    sum: 'sum of the parts that are known',
    share: 'part ÷ whole, rounded down to 18 decimals',
    'withdrawable-shares':
      'floor(floor(deposit shares × deposit scaling factor) × slashing factor). The slashing factor is the operator’s maximum magnitude, 1 where nobody was delegated to, and for native ETH floor(maximum magnitude × beacon chain slashing factor). Each floor is to one share, 1e-18 (EigenLayer, SlashingLib.calcWithdrawable)',
    'queued-shares':
      'floor(scaled shares × slashing factor), with the slashing factor of now: a queued withdrawal stays slashable until it can be completed (EigenLayer, SlashingLib.scaleForCompleteWithdrawal)',
    underlying:
      'withdrawable shares, converted to the token by the strategy itself (sharesToUnderlyingView; native ETH: one share is one wei)',
    'request-pays':
      'the lower of what was promised and of what was given back is worth by today’s books, in the token that is paid, rounded down to its smallest unit: until the protocol settles it, a request earns nothing more and can still lose',
    'lost-to-slashing': 'shares before slashing − shares withdrawable now',
    'after-scenario': 'book value − loss in the scenario',
    'scenario-loss': 'sum of the losses of every event, in order',
    'market-loss':
      'what is left after the scenario − what is left × (1 − discount) of each market event, rounded down to one wei. Real only if it is sold',
    'locked-value': 'what is left after the scenario of the positions whose redemption is shut',
    'cover-payment':
      'min(cap, max(0, loss − deductible)) of each cover in turn, split in proportion to the losses; the cap is first cut by what the pool itself loses',
    'expected-loss':
      'mean of the loss over all simulated cases. What can happen, how often and how much it takes stands beside the result, each with its evidence',
    'loss-probability': 'share of the simulated cases in which anything is lost, weighted as they were drawn',
    'value-at-risk': 'the smallest loss that is exceeded with a probability of at most 1 − level',
    'expected-shortfall':
      'mean loss of the worst 1 − level of all cases (conditional value at risk; Rockafellar and Uryasev, 2000)',
    'largest-loss': 'the largest loss in any simulated case; another seed may find a larger one',
    'standard-error':
      'spread of the simulated figure, stratified by the bins of the common factor: how far another seed would give another number. It says nothing of how good the rates are',
    'paired-change':
      'figure after − figure before, in the same simulated cases; its standard error is that of the difference case by case',
  },
  reason: {
    'no-price': 'no price',
    'no-rate': 'no rate',
    'call-failed': 'the call failed',
    'protocol-changed': 'this protocol changed',
    'not-configured': 'not available on this network',
    'not-visible': 'not visible',
    'stale-price': 'the feed’s price is stale',
    'input-unknown': 'an input is not known',
  },
  /** Why something is true by definition. */
  why: {
    eth: 'One ETH is worth one ETH.',
    stEth:
      'stETH rebases: one stETH is a claim on one ETH in Lido’s own books; a loss lowers the balance, not the rate.',
    eEth: 'eETH rebases: one eETH is a claim on one ETH in ether.fi’s own books; a loss lowers the balance, not the rate.',
  },
  /** What a user typed. */
  what: {
    manualEthUsd: 'Price of one ETH, entered by hand',
  },
  /** Ends of the flow that are neither operator nor service. */
  node: {
    free: 'Slashable by no service',
    hidden: 'Not visible from here',
    unallocated: 'Allocated to no service',
    unread: 'Allocations not read',
  },
  state: {
    held: 'Held',
    restaked: 'Restaked',
    deposited: 'Deposited',
    delegated: 'Delegated',
    queued: 'Withdrawal queued',
    completable: 'Ready to complete',
    requested: 'Withdrawal requested',
    finalised: 'Withdrawal settled',
    claimable: 'Ready to claim',
  },
  /** For drawings, where there is room for one word. */
  stateShort: {
    held: 'Held',
    restaked: 'Restaked',
    deposited: 'Deposited',
    delegated: 'Delegated',
    queued: 'Queued',
    completable: 'Ready',
    requested: 'Requested',
    finalised: 'Settled',
    claimable: 'Claimable',
  },
} as const;
