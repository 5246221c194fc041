import { expect, type Locator, type Page } from '@playwright/test';
import type { Position } from '../../../shared/domain/position.ts';
import { figureIn } from '../figures.ts';
import { t } from '../text.ts';

/** Columns of the table that hold a figure. */
type Column = 'amount' | 'rate' | 'bookEth' | 'bookUsd' | 'share' | 'after';

export interface PositionsPage {
  readonly table: Locator;
  /** The row of a token in a state, for example `ETH` that is `delegated`. */
  row(token: string, state: Position['state']): Locator;
  figure(row: Locator, column: Column): Locator;
  readonly addDialog: AddDialog;
  readonly accounts: AccountsSheet;
}

interface AddDialog {
  readonly root: Locator;
  readonly address: Locator;
  readonly label: Locator;
  readonly submit: Locator;
  readonly refusal: Locator;
  open(): Promise<void>;
  /** Types, submits, and waits for the dialog to close. */
  add(address: string, label?: string): Promise<void>;
}

interface AccountsSheet {
  readonly root: Locator;
  open(): Promise<void>;
  close(): Promise<void>;
  /** The entry that shows this text: a label or an address. */
  entry(text: string): Locator;
  stopWatching(name: string): Promise<void>;
}

export function createPositionsPage(page: Page): PositionsPage {
  const table = page.getByRole('table', { name: t('positions.table.label') });
  return {
    table,
    row: (token, state) =>
      table
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader').getByText(token, { exact: true }) })
        .filter({ has: page.getByRole('cell', { name: t(`figure.state.${state}`), exact: true }) }),
    figure: (row, column) => figureIn(row, column),
    addDialog: createAddDialog(page),
    accounts: createAccountsSheet(page),
  };
}

function createAddDialog(page: Page): AddDialog {
  const root = page.getByRole('dialog', { name: t('positions.add.title') });
  const address = root.getByLabel(t('positions.add.address'));
  const label = root.getByLabel(t('positions.add.label'), { exact: true });
  const submit = root.getByRole('button', { name: t('positions.add.submit') });
  return {
    root,
    address,
    label,
    submit,
    refusal: root.getByRole('alert').filter({ hasText: t('positions.add.refused') }),
    async open() {
      await page
        .getByRole('main')
        .getByRole('button', { name: t('positions.addAccount') })
        .first()
        .click();
      await expect(root).toBeVisible();
    },
    async add(text, name = '') {
      await address.fill(text);
      await label.fill(name);
      await submit.click();
      await expect(root).toBeHidden();
    },
  };
}

function createAccountsSheet(page: Page): AccountsSheet {
  const root = page.getByRole('dialog', { name: t('positions.account.title') });
  return {
    root,
    async open() {
      await page.getByRole('button', { name: t('positions.accounts'), exact: true }).click();
      await expect(root).toBeVisible();
    },
    async close() {
      await root.getByRole('button', { name: t('shell.close') }).click();
      await expect(root).toBeHidden();
    },
    entry: (text) => root.getByRole('listitem').filter({ hasText: text }),
    async stopWatching(name) {
      await root.getByRole('button', { name: t('positions.account.moreFor', { name }) }).click();
      await page.getByRole('menuitem', { name: t('positions.account.remove') }).click();
    },
  };
}
