/** What an edit did, for “Undo …” and “Redo …”. Keys come from electron/services. */
export const edits = {
  createPortfolio: 'new portfolio “{{name}}”',
  renamePortfolio: 'portfolio name “{{name}}”',
  removePortfolio: 'removal of portfolio “{{name}}”',
  addAccount: 'adding “{{label}}”',
  addAccountUnnamed: 'adding an account',
  renameAccount: 'label “{{label}}”',
  clearLabel: 'clearing a label',
  removeAccount: 'removal of “{{label}}”',
  removeAccountUnnamed: 'removal of an account',
  importNetwork: 'import of network “{{name}}”',
  removeNetwork: 'removal of network “{{name}}”',
  setPrice: 'ETH price',
  setNode: 'node of {{name}}',
  setNodes: 'nodes',
  setSettings: 'settings',
} as const;
