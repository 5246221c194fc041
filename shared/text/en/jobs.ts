/** What a job is doing, and what the desktop says when a long one ended. Keys come from electron/services. */
export const jobs = {
  step: {
    refresh: {
      connecting: 'Asking the node',
      tracing: 'Looking through events',
      reading: 'Reading the accounts',
      checking: 'Checking that the block still stands',
    },
    bitcoin: {
      connecting: 'Asking the Bitcoin server',
      headers: 'Checking the chain of blocks',
      scanning: 'Reading Bitcoin accounts',
    },
    simulating: 'Running the scenario',
    studying: 'Simulating what could happen',
    moving: 'Reading the same paths again',
    printing: 'Printing the report',
    finishing: 'Finishing the PDF',
    writing: 'Writing the report',
    saving: 'Saving the file',
    comparing: 'Simulating the products',
    history: { writing: 'Writing the history' },
    catalog: {
      yields: 'Asking for yields',
      tvl: 'Asking for the size of protocols',
      prices: 'Asking for prices',
      history: 'Asking for earlier prices',
      keeping: 'Keeping what came',
    },
  },
  ended: {
    refresh: { done: 'The accounts were read', failed: 'The accounts could not be read' },
    listen: { done: 'Bitcoin was read again', failed: 'Bitcoin could not be read again' },
    scenario: { done: 'The scenario has run', failed: 'The scenario could not be run' },
    study: { done: 'The simulation has run', failed: 'The simulation could not be run' },
    move: { done: 'The what-if is ready', failed: 'The what-if could not be computed' },
    report: { done: 'The report is ready', failed: 'The report could not be made' },
    comparison: { done: 'The products were compared', failed: 'The products could not be compared' },
    history: { done: 'The history was saved', failed: 'The history could not be saved' },
    catalog: { done: 'Yields and prices were refreshed', failed: 'Yields and prices could not be refreshed' },
  },
} as const;
