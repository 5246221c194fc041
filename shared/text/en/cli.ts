/** Texts of the command line. Its option help stands with the commands in electron/cli.ts. */
export const cli = {
  working: 'Working',
  column: {
    account: 'Account',
    token: 'Token',
    state: 'State',
    amount: 'Amount',
    bookEth: 'Book value',
    bookUsd: 'In dollars',
    before: 'Before',
    after: 'After',
    loss: 'Loss',
  },
  total: 'Total',
  neverRead: 'Never read from a node yet.',
  stale: 'Not up to date: the last refresh failed. {{message}}',
  unread_one:
    '{{count}} account was added since this reading. Nothing is known of it, and it is in no total.',
  unread_other:
    '{{count}} accounts were added since this reading. Nothing is known of them, and they are in no total.',
  originSample:
    'Invented sample network, block {{block}}, {{time}}. No figure here is of a real operator or service.',
  originChain: '{{network}}, block {{block}} of {{time}}, read from {{endpoint}}.',
  nothingHeld: 'Nothing that Ballast reads is held here.',
  unvalued_one: '{{count}} position has no known value and is in no total.',
  unvalued_other: '{{count}} positions have no known value and are in no total.',
  hidden:
    '{{amount}} of what remains stands where this source cannot see; no slash was applied to it, so the loss may be larger.',
  lossLine: 'Loss: {{loss}} of {{before}} ({{share}}).',
  wrote: 'Wrote {{path}}',
  noBrowser: 'No PDF: {{message}}',
  insteadOfPdf: 'Writing JSON and CSV instead.',
} as const;
