import { describe, expect, it } from 'vitest';
import { describeMetadataUri, nameOperator, nameService } from './names.ts';
import { addressOf } from './testing/arbitrary-observation.ts';

const GITHUB = 'https://raw.githubusercontent.com/some-operator/eigenlayer/main/metadata.json';

describe('whose page an operator describes itself on', () => {
  it.each([
    [GITHUB, 'github.com/some-operator'],
    ['https://github.com/another/x/raw/main/m.json', 'github.com/another'],
    ['https://operator.example/metadata.json?x=1', 'operator.example'],
    ['HTTPS://Operator.Example/', 'operator.example'],
  ])('of %s is %s', (uri, page) => expect(describeMetadataUri(uri)).toBe(page));

  it.each([
    '',
    'no address',
    'http://operator.example/x',
    'ipfs://bafy/x.json',
    'data:application/json,{}',
    'https://raw.githubusercontent.com/',
    'https://raw.githubusercontent.com/%E2%80%AEevil/x',
    'https://github.com/<b>x</b>/y',
    `https://${'a'.repeat(64)}.example/`,
    'https://operator.example:8443/x',
    'https://[::1]/x',
  ])('is nobody’s that could be named in %j', (uri) => expect(describeMetadataUri(uri)).toBeNull());

  it('is told in letters that cannot pass for others', () => {
    expect(describeMetadataUri('https://соinbase.com/x')).toMatch(/^xn--/u);
  });

  it('stands beside the address, and never in place of a name that is known', () => {
    const address = addressOf(0xabcd);
    expect(nameOperator({ address, name: null, metadataUri: GITHUB })).toMatch(
      /^0x0000….+, github\.com\/some-operator$/u,
    );
    expect(nameOperator({ address, name: 'Known', metadataUri: GITHUB })).toBe('Known');
    expect(nameOperator({ address, name: null, metadataUri: 'x' })).not.toContain(',');
    const service = { id: 'x', avs: address, operatorSet: 2, name: null, isRedistributing: null };
    expect(nameService({ ...service, metadataUri: GITHUB })).toMatch(/, set 2, github\.com\/some-operator$/u);
    expect(nameService(service)).toMatch(/, set 2$/u);
  });
});
