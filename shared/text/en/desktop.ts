/** What the hosts say outside the page: menus, dialogs, and the lines in the terminal. */
export const desktop = {
  menu: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    newPortfolio: 'New portfolio…',
    addAccount: 'Add account…',
    refresh: 'Refresh',
    print: 'Print or export…',
    settings: 'Settings…',
    palette: 'Command palette…',
    hideAmounts: 'Hide or show amounts',
    shortcuts: 'Keyboard shortcuts',
  },
  quit: {
    title: 'Ballast is still working',
    body: 'What is running would be stopped. Nothing that is stored is lost.',
    quit: 'Quit',
    stay: 'Keep working',
  },
  save: { title: 'Save' },
  failedStart: 'Ballast could not start',
  terminal: {
    openedWindow: 'Ballast is open in a window of its own. Enter opens it again, Ctrl+C stops Ballast.',
    address: 'Ballast is at {{address}}',
    addressHelp:
      'The address works once, on this machine only. Enter gives a fresh one, Ctrl+C stops Ballast.',
    windowClosed: 'The window was closed. Enter opens it again, Ctrl+C stops Ballast.',
    windowFailed: 'The browser could not be started: {{reason}}.',
    idle_one: 'Nobody was connected for {{count}} minute and nothing was running: stopped.',
    idle_other: 'Nobody was connected for {{count}} minutes and nothing was running: stopped.',
    busy: 'Something is still running. Ctrl+C again stops it.',
    usage:
      'Usage: npm start -- [--data-dir <folder>] [--no-open] [--fetch-electron]\n\n  --data-dir <folder>  where Ballast keeps its data\n  --no-open            print the address instead of opening a window\n  --fetch-electron     try again now to fetch Electron’s runtime\n',
  },
} as const;
