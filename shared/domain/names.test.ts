import { expect, it } from 'vitest';
import { nameAccount, nameOperator, nameService } from './names.ts';
import { addressOf, makeAccount } from './testing/arbitrary-observation.ts';

it('calls an account by its label, else by its ENS name, else by its address', () => {
  const account = makeAccount(1, '');
  expect(nameAccount({ ...account, label: 'Treasury', ensName: 'a.eth' })).toBe('Treasury');
  expect(nameAccount({ ...account, ensName: 'a.eth' })).toBe('a.eth');
  expect(nameAccount(account)).toMatch(/^0x0000…[0-9a-fA-F]{4}$/u);
});

it('calls operators and services without a name by enough of their address', () => {
  const address = addressOf(0xa1);
  expect(nameOperator({ address, name: null })).toMatch(/^0x0000…/u);
  const service = { id: `${address}:3`, avs: address, operatorSet: 3, name: null, isRedistributing: null };
  expect(nameService(service)).toMatch(/^0x0000….{4}, set 3$/u);
  expect(nameService({ ...service, name: 'Oracle' })).toBe('Oracle');
});
