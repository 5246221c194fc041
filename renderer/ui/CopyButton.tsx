import { Copy } from 'lucide-react';
import { useText } from '../state/text.ts';
import { Button } from './Button.tsx';
import { copyText } from './copyText.ts';
import { IconButton } from './IconButton.tsx';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for its name: "Copy address". */
  readonly label?: string | undefined;
  /** Only the icon, with the label as its name. */
  readonly isQuiet?: boolean | undefined;
}

export function CopyButton({ text, label, isQuiet = true }: CopyButtonProps) {
  const { t } = useText();
  const name = label ?? t('shell.copy.action');
  const copy = () => void copyText(text, { done: t('shell.copy.done'), failed: t('shell.copy.failed') });
  return isQuiet ? (
    <IconButton label={name} icon={Copy} size="sm" onClick={copy} />
  ) : (
    <Button size="sm" icon={Copy} onClick={copy}>
      {name}
    </Button>
  );
}
