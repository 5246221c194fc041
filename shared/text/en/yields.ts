/** The yield calculator: parts, steps, and what is missing. */
export const yields = {
  part: {
    base: 'Staking',
    service: 'Services',
    emissions: 'Emissions and points',
    unsplit: 'Not broken down',
  },
  step: {
    gross: 'Gross yield',
    fee: 'Protocol’s fee',
    emissions: 'Emissions at your price',
    loss: 'Expected loss',
    exit: 'Exit fee, over the time held',
    net: 'Net yield',
  },
  missing: {
    base: 'the yield of staking',
    service: 'the yield of services',
    emissions: 'the yield in emissions',
    unsplit: 'the yield that nobody breaks down',
    fee: 'the protocol’s fee',
    expectedLoss: 'the expected loss',
    exitFee: 'the exit fee',
  },
} as const;
