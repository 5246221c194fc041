/** Scenario sentences; the screen, the command line and the report share them. Page texts of Simulate stand below. */
export const simulate = {
  event: {
    slashOne: '{{operator}} is slashed {{percent}} of what it allocated to {{service}}.',
    slashAll: '{{operator}} is slashed {{percent}} of what it allocated to each of its services.',
    contract: '{{dependency}} fail and {{percent}} of what rests on them is lost.',
    oracle: '{{dependency}} fails and {{percent}} of what rests on it is lost.',
  },
  reason: {
    shares:
      '{{service}} slashed {{operator}}: maximum magnitude {{before}} → {{after}}, withdrawable shares {{sharesBefore}} → {{sharesAfter}}; {{loss}} lost.',
    pooled:
      '{{service}} slashed {{operator}}, which holds part of the pool: maximum magnitude {{before}} → {{after}}; {{loss}} lost.',
    dependency: '{{dependency}} lost {{percent}}; {{loss}} lost.',
  },
  note: {
    'nothing-allocated': 'Nothing was allocated there, so nothing is lost.',
    'not-slashable': 'The operator is not slashable by this service now, so nothing is lost.',
    'operator-not-held': 'No position here stands with this operator.',
    'dependency-not-held': 'No position here rests on it.',
    'magnitude-unread': 'The operator’s magnitudes could not be read, so the loss is not known.',
  },
} as const;
