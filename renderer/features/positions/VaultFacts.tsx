import type { KnownBlock } from '../../../shared/domain/block-time.ts';
import type { VaultDetail } from '../../../shared/domain/position.ts';
import { useText } from '../../state/text.ts';
import { Address } from '../../ui/Address.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { ClaimDate } from './ClaimDate.tsx';
import type { PositionRow } from './positionRows.ts';
import { useSharedItems } from './useSharedItems.tsx';

interface VaultFactsProps {
  readonly row: PositionRow;
  readonly vault: VaultDetail;
  readonly readIn: KnownBlock;
}

/** A stake with a vault, or what is on its way out of one: which vault, and when it can be claimed. */
export function VaultFacts({ row, vault, readIn }: VaultFactsProps) {
  const { t } = useText();
  const { instrument, address, state } = row.position;
  const items = [
    { term: t('positions.detail.name'), value: instrument.name },
    { term: t('positions.detail.vault'), value: <Address address={vault.vault} /> },
    { term: t('positions.detail.address'), value: <Address address={address} /> },
    ...(vault.claimableFrom === null
      ? []
      : [
          {
            term: t('positions.detail.settled'),
            value: t(vault.isFixed ? 'positions.detail.isSettled' : 'positions.detail.isOpen'),
          },
        ]),
    ...(vault.earliest === null
      ? []
      : [
          {
            term: t('positions.detail.earliest'),
            value: <ClaimDate figure={vault.earliest} readIn={readIn} />,
          },
        ]),
    ...(state === 'queued'
      ? [
          {
            term: t('positions.detail.claimable'),
            value: <ClaimDate figure={vault.claimableFrom} readIn={readIn} />,
          },
        ]
      : []),
    ...useSharedItems(row),
  ];
  return <DefinitionList items={items} />;
}
