/** Saves the table as it is shown. */
import { useCallback } from 'react';
import type { AppError } from '../../../shared/contract/errors.ts';
import { useText } from '../../state/text.ts';
import { useCommand } from '../../state/useCommand.ts';
import { toast } from '../../ui/toast.ts';
import type { ColumnId } from './compareColumns.ts';
import type { CompareRow } from './compareRows.ts';
import { makeTableFile } from './exportTable.ts';

interface TableExport {
  readonly save: (rows: readonly CompareRow[], columns: readonly ColumnId[]) => void;
  readonly isRunning: boolean;
  readonly error: AppError | null;
}

export function useTableExport(): TableExport {
  const { t } = useText();
  const { run, isRunning, error } = useCommand('compare.export');
  const save = useCallback(
    (rows: readonly CompareRow[], columns: readonly ColumnId[]) => {
      const file = makeTableFile(rows, columns);
      const write = async () => {
        const outcome = await run({ columns: [...file.columns], rows: file.rows.map((row) => [...row]) });
        if (!outcome.ok || !outcome.value.isSaved) return;
        toast({
          title: t('compare.export.done'),
          body: outcome.value.path ?? t('compare.export.downloaded'),
        });
      };
      void write();
    },
    [run, t],
  );
  return { save, isRunning, error };
}
