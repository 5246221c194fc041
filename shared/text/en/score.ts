/** The risk score: the page, the command line and docs/method/score.md share these words. */
export const score = {
  dimension: {
    code: 'Code',
    control: 'Control',
    backing: 'Backing',
    slashing: 'Slashing',
    liquidity: 'Liquidity',
    operations: 'Operations',
  },
  dimensionAsks: {
    code: 'Was it looked at, and did it hold?',
    control: 'Who can change it, how fast, and how many must agree?',
    backing: 'Who else has to be good for what is behind it?',
    slashing: 'How much can the rules take, and how many sets of rules are there?',
    liquidity: 'How long until one is out, and at what price?',
    operations: 'Does the project publish what one needs to check it?',
  },
  input: {
    audits: 'Audits',
    bounty: 'Bounty',
    incidents: 'Losses',
    timelock: 'Timelock',
    multisig: 'Signatures',
    custodians: 'Custodians',
    bridges: 'Bridges',
    cover: 'First-loss cover',
    slashingMaximum: 'Largest slash',
    slashingLayers: 'Sets of rules that slash',
    exitDays: 'Exit',
    exitStressDays: 'Exit under stress',
    saleCost: 'Cost of a sale',
    size: 'Size',
    addresses: 'Addresses',
  },
  /** The formula in words; the numbers are the knots. */
  formula: {
    audits: 'How many reports of audits are published.',
    bounty: 'The largest bounty for a fault that is reported.',
    incidents:
      'How many incidents cost holders or the protocol something in the last {{months}} months. One that is disputed, not confirmed or of which the loss is not known counts in the low end only.',
    timelock: 'Hours before an upgrade takes effect.',
    multisig: 'How many signatures an upgrade or withdrawal needs.',
    custodians:
      'How many custodians keep what is behind it, by the list of dependencies. Where coins are kept and nobody is listed, it is not known.',
    bridges:
      'How many bridges it rests on, by the list of dependencies. On several chains without one listed it may be one.',
    cover:
      'The first-loss cover in percent of what is held in the protocol; an amount is divided by the size observed in the same unit.',
    slashingMaximum: 'Percent of the principal that the rules allow to be taken at most.',
    slashingLayers:
      'How many sets of rules can take the principal, by the kind of protocol: Ethereum, restaking services, Babylon.',
    exitDays: 'Days of the protocol’s own delay.',
    exitStressDays: 'Days under stress, as recorded or as the code allows at most.',
    saleCost: 'Percent that a sale of a million dollars costs.',
    size: 'What is held in it, in dollars: of what is small, less is traded.',
    addresses: 'Percent of the addresses in the catalogue that the project’s own repository names.',
  },
  unit: {
    percent: '%',
    days: 'days',
    hours: 'hours',
    count: '',
    USD: 'USD',
    ETH: 'ETH',
    BTC: 'BTC',
    incidents: 'losses',
    custodians: 'custodians',
    bridges: 'bridges',
    layers: 'sets of rules',
  },
  why: {
    confirmed: 'Confirmed: the range is that of the figure.',
    secondary:
      'From third parties, or counted from a list kept by hand: widened by {{margin}} points at either end.',
    disputed: 'Disputed: the range of what is claimed, widened by {{margin}} points at either end.',
    unconfirmed: 'Not confirmed: widened by {{margin}} points at either end. That is no mark against it.',
    wordsOnly: 'Known in words, not as a number: anything from 0 to 100.',
    unknown: 'Not known: anything from 0 to 100. That is no mark against it.',
  },
  cap: {
    recentLoss: 'Holders or the protocol lost something in the last {{months}} months: at most {{at}}.',
    recentLossPossible:
      'Something may have been lost in the last {{months}} months: the low end is at most {{at}}.',
  },
} as const;
