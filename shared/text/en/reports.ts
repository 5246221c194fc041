/** Texts of the report: `paper` is the document itself, as it is printed and as the Reports page previews it. */
const paper = {
  title: 'Risk report',
  documentTitle: '{{portfolio}}: Ballast report',
  by: 'Made with Ballast {{version}}, watch-only and on this machine',
  sampleMark: 'Sample: an invented network',
  sampleNote:
    'No account, operator, service or figure in this report is real. The network was invented to show what Ballast does.',
  staleMark: 'Not up to date',
  staleNote:
    'The last refresh failed. Every figure here is of block {{block}}, read {{readAt}}, before this report was made.',
  unknown: 'not known: {{reason}}',
  unknownShort: 'not known',
  page: {
    block: 'Block {{block}}, {{time}}',
  },
  failed: {
    title: 'The report could not be shown',
    noTicket: 'This page was opened without the print ticket Ballast gives out.',
  },
  cover: {
    total: 'Total book value',
    inDollars: 'In dollars:',
    unvalued_one: '{{count}} position has no known value and is in no total.',
    unvalued_other: '{{count}} positions have no known value and are in no total.',
    madeAt: 'Report made',
    block: 'Block',
    blockHash: 'Block hash',
    blockTime: 'Block time',
    readAt: 'Read',
    source: 'Source',
    sourceChain: '{{network}} (chain {{chainId}}), read from {{endpoint}}',
    sourceSample: 'Bundled sample, an invented network',
    positions: 'Positions',
    scenario: 'Scenario',
    noScenario: 'None. This report holds the positions and what they depend on.',
    accounts: 'Accounts',
    account: 'Account',
    address: 'Address',
    ensName: 'entered as {{name}}',
    noAccounts: 'No account is watched in this portfolio.',
  },
  holdings: {
    title: 'Holdings',
    intro:
      'Book value is the amount times the rate in the issuing protocol’s own books. It is not a market price, and it is not what could be had today.',
    empty: 'Nothing that Ballast reads is held by these accounts at this block.',
    caption: 'Positions with amount, rate and book value',
    account: 'Account',
    token: 'Token',
    state: 'State',
    amount: 'Amount',
    amountUnit: 'tokens',
    rate: 'Rate',
    rateUnit: 'ETH per token',
    book: 'Book value',
    share: 'Share',
    shareUnit: '% of total',
    total: 'Total',
    totalKnown: 'Total of what is known',
    deposited: 'Deposited {{deposited}} shares, withdrawable now {{withdrawable}}.',
    queued: 'Queued {{deposited}} scaled shares, worth {{withdrawable}} shares now; still slashable.',
    completable: 'Queued {{deposited}} scaled shares, worth {{withdrawable}} shares.',
    lost: 'Lost to slashing so far: {{lost}} shares ({{percent}}).',
    lostNothing: 'Nothing lost to slashing so far.',
    lostUnknown: 'Lost to slashing so far: not known: {{reason}}.',
    operator: 'Operator: {{operator}}.',
    operatorNone: 'Delegated to nobody.',
    operatorUnknown: 'The operator is not known: the call failed.',
    magnitude: 'Maximum magnitude {{magnitude}}.',
    fromBlock: 'Can be completed from block {{block}}.',
    unknownTitle: 'What is not known, and why',
    unknownRow: '{{account}}, {{token}} ({{state}}): {{figure}}: {{reason}}.',
  },
  exposure: {
    title: 'Exposure',
    intro: 'Where the book value stands, looked through to the operators and services that can slash it.',
    empty: 'Nothing here has a known value, so there is nothing to look through.',
    allocationTitle: 'What the portfolio depends on',
    allocationLabel: 'Book value by what it depends on: {{parts}}.',
    partShare: '{{name}} {{amount}} ({{share}})',
    depends: 'Depends on',
    flowTitle: 'From position to service',
    flowLabel:
      'Flow of book value from positions through tokens and operators to services; the tables of this section carry the same figures.',
    folded_one: '{{count}} more',
    folded_other: '{{count}} more',
    operatorsRest_one: '{{count}} more operator',
    operatorsRest_other: '{{count}} more operators',
    hiddenSome:
      '{{amount}} ({{share}} of the book value) stands where this source cannot see, for example behind a token whose operators it cannot read. It counts in every total, but Ballast cannot say who may slash it.',
    hiddenUnvalued_one:
      '{{amount}} of known book value could be looked through to where it stands. {{count}} position is left out: its value is not known.',
    hiddenUnvalued_other:
      '{{amount}} of known book value could be looked through to where it stands. {{count}} positions are left out: their values are not known.',
    hiddenNone: 'Every part of the book value could be looked through to where it stands.',
    sharedTitle: 'What several positions share',
    sharedIntro:
      'Ranked by the book value that rests on it. Parts overlap, so the column does not add up to the total. Worst loss is the most that one fault there can take: everything for a contract or an oracle, the allocated part for a service.',
    sharedNone: 'No two positions rest on the same operator, service or contract.',
    sharedCaption: 'Shared dependencies with value, share and worst loss',
    what: 'What is shared',
    kind: 'Kind',
    positions: 'Positions',
    value: 'Rests on it',
    share: 'Share',
    worst: 'Worst loss',
    kindOf: {
      operator: 'Operator',
      service: 'Service',
      contract: 'Contract',
      oracle: 'Price source',
      bridge: 'Bridge',
      custodian: 'Custodian',
      client: 'Client software',
      governance: 'Governance',
    },
  },
  scenario: {
    title: 'Scenario',
    intro: 'What happens, in this order, run on block {{block}} on {{time}}:',
    otherBlock:
      'The scenario was run on block {{runBlock}}; the holdings above are of block {{block}}. The two need not agree.',
    incident: 'Replay of {{title}}. {{recorded}}',
    eventLoss: 'Loss: {{loss}}',
    eventMarket: 'If sold: {{loss}} less',
    eventLocked: 'Locked: {{amount}}',
    covered: 'Covered: {{amount}}',
    marketLoss: 'Less if sold',
    locked: 'Locked',
    recovered: 'Covered',
    before: 'Before',
    after: 'After',
    loss: 'Loss',
    lossShare: 'Loss',
    lossShareUnit: '% of before',
    afterPart: 'Left',
    lostPart: 'Lost',
    position: 'Position',
    chartTitle: 'Before and after, by position',
    chartLabel: 'Book value by position: {{after}} left and {{loss}} lost of {{before}}.',
    rest_one: '{{count}} more position, not drawn, loses {{loss}} of {{before}}; it is in the table below.',
    rest_other:
      '{{count}} more positions, not drawn, lose {{loss}} of {{before}} together; they are in the table below.',
    tableTitle: 'Loss by position',
    tableCaption: 'Book value before and after the scenario, by position',
    total: 'Total',
    noLoss: 'No position loses anything in this scenario.',
    reasonsTitle: 'Why',
    reasonsMore_one: 'The reasons of {{count}} more position stand in the attached file ballast-report.json.',
    reasonsMore_other:
      'The reasons of {{count}} more positions stand in the attached file ballast-report.json.',
    leftOutTitle: 'What was left out',
    leftOutNone: 'Nothing: every position has a known value, and every event could be applied to all of it.',
    unvalued: '{{position}}: its value is not known.',
    hidden:
      '{{position}}: {{amount}} of what is left stands where this source cannot see; slashes could not be applied to it, so the loss may be larger.',
    unread: 'Event {{number}}: {{note}}',
    goneLabel: 'A position that is no longer held',
  },
  method: {
    title: 'Method',
    intro:
      'All amounts are kept as whole numbers of the smallest unit and rounded only for this page. Every digit, with the sources behind it, is in the attached file ballast-report.json.',
    formulasTitle: 'Formulas',
    name: {
      'book-eth': 'Book value',
      'book-usd': 'Book value in dollars',
      sum: 'Total',
      share: 'Share',
      'withdrawable-shares': 'Withdrawable shares',
      'queued-shares': 'Shares in the withdrawal queue',
      underlying: 'Underlying tokens',
      'lost-to-slashing': 'Lost to slashing so far',
      'after-scenario': 'After the scenario',
      'scenario-loss': 'Loss in the scenario',
      'market-loss': 'Below book value at market prices',
      'locked-value': 'Cannot be redeemed',
      'cover-payment': 'Paid by cover',
      'expected-loss': 'Expected loss',
      'loss-probability': 'Chance of any loss',
      'value-at-risk': 'Value at risk',
      'expected-shortfall': 'Expected shortfall',
      'largest-loss': 'Largest loss seen',
      'standard-error': 'Standard error',
      'paired-change': 'Change',
    },
    scenarioTitle: 'How a scenario is computed',
    scenario: {
      allocated:
        'A service can take only what the operator allocated to it: slashed magnitude = ceil(allocated magnitude × slashed share) (EigenLayer, AllocationManager).',
      magnitude:
        'The operator’s maximum magnitude falls by the slashed magnitude; every holder’s withdrawable shares follow from it by the formula above, rounded as the contracts round (EigenLayer, SlashingLib).',
      queued:
        'Queued withdrawals stay slashable until the block in which they can be completed; they take part in the loss.',
      pooled:
        'Where an issuer delegated a pool, the loss of its part is shared by all holders of the token alike.',
      shared:
        'Of collateral that several services count in full, each takes its share of what the earlier ones left, or of what it had set aside when the fault was seen.',
      consensus:
        'Where validators lose native ETH, the beacon chain factor of who stands with their operator falls with it; which client an operator runs is not on chain.',
      dependency:
        'Where something that positions rest on fails, they lose the stated share of what is left of them.',
      unbacked:
        'Where tokens are issued without backing, all claims share what there is: loss = issued ÷ (supply before + issued).',
      market:
        'A market discount is measured on what is left and stands beside the loss: it is real only for what is sold. Discounts multiply with losses.',
      locked:
        'A shut redemption takes nothing; what is left of these positions cannot be redeemed meanwhile.',
      cover:
        'A cover pays min(cap, max(0, loss − deductible)), split in proportion to the losses; its cap is first cut by what it loses itself. Losses are given before covers.',
      order:
        'Events happen in the order given, each on what the earlier ones left; no loss is counted twice.',
    },
    assumptionsTitle: 'Assumptions',
    assumptions: {
      block: 'Everything was read in one block, and nothing moved since.',
      rate: 'Tokens are worth the rate their issuer’s own contracts state.',
      dollars: 'Dollar values use one price of ETH for all positions, with the source given below.',
      names:
        'Names of operators and services are what they call themselves or what the user wrote; addresses decide.',
    },
    limitsTitle: 'What is not modelled',
    limits: {
      probability:
        'How likely any of this is. A scenario says what would be lost if it happened, not that it will.',
      market:
        'Market prices and liquidity beyond the discounts of the scenario, and selling pressure after a slash.',
      cover:
        'Insurance, cover funds and what an issuer might pay out of its own pocket, beyond the covers of the scenario.',
      redistribution: 'To whom a service pays what it slashes, where it does: the loss here is the same.',
      contagion: 'Behaviour of others: operators who leave, holders who run, governance that steps in.',
    },
  },
  sources: {
    updated: 'feed updated {{time}}',
    title: 'Sources',
    intro:
      'Every figure of the holdings rests on the readings below. Operators and their allocations, which exposure and scenario use, are of the same reading.',
    empty: 'No figure in this report rests on a source.',
    caption: 'Sources with contract, call, block and time',
    contract: 'Contract and address',
    call: 'Call',
    when: 'Block and time',
    figures: 'Figures',
    block: 'Block {{block}}',
    user: 'Entered by the user',
    sample: 'Invented sample',
    definition: 'By definition',
    timeless: 'at any time',
  },
  notices: {
    title: 'Notices',
    none: 'Every call was answered in the way its reader was written for.',
    sample: 'None: no node was asked for the invented sample.',
    code: {
      'protocol-changed': 'This protocol changed',
      'not-available': 'Not available here',
      partial: 'Read in part',
    },
  },
  disclaimer: {
    title: 'What this report is not',
    block: 'The figures are those read at the block named on the first page. They may have changed since.',
    watchOnly:
      'Ballast watches accounts by their public addresses. It holds no key and cannot sign, move or withdraw anything.',
    advice:
      'This is not advice to buy, sell, hold, delegate or withdraw anything, and not an audit or a rating.',
    estimates:
      'Figures marked ≈ are estimates. What could not be read is named as not known; it was not replaced by zero.',
    scenario: 'A scenario is a calculation on stated assumptions. It is not a forecast.',
  },
} as const;

/** The page around the paper. */
const screen = {
  title: 'Reports',
  lead: 'The paper as it is printed. Choose what goes in, and save it.',
  preview: 'Preview of the report',
  content: {
    title: 'What goes in',
    run: 'Scenario run',
    latest: 'The latest run',
    latestNone: 'The latest run (there is none yet)',
    none: 'No scenario',
    runHint: 'Block {{block}}. {{event}}',
    simulate: 'Run a scenario',
    fixed: 'Holdings, exposure, method, sources and notices are always in the report.',
  },
  save: {
    title: 'Save',
    pdf: 'Save PDF',
    pdfHint: 'The paper, with the model attached as ballast-report.json.',
    csv: 'Save CSV',
    csvHint: 'Positions with amount, rate, value and source, for a spreadsheet.',
    json: 'Save JSON',
    jsonHint: 'The whole model with every digit and source, for a program.',
    cannotPrint:
      'A PDF needs a browser to print with, and none was found here. Install Chromium, Chrome or Edge.',
    action: 'Save the report as PDF',
    cancel: 'Stop',
    saved: 'Saved',
    downloaded: 'Handed to the browser as a download.',
    copyPath: 'Copy path',
    declined: 'No file was chosen; nothing was saved.',
  },
  hidden: {
    title: 'Amounts are hidden',
    body: 'The report shows every amount, so the preview is covered.',
    show: 'Show the preview',
    askTitle: 'Save a report with all amounts?',
    askBody:
      'Amounts are hidden on the screen. The file will show them all, and what becomes of it is out of Ballast’s hands.',
    askConfirm: 'Save it',
  },
  never: 'Refresh to ask your node what the accounts hold; the report is made of what was read.',
} as const;

export const reports = { paper, screen } as const;
