import { useText } from '../state/text.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';

/** On every page while the sample is shown, so that nobody takes its figures for their own. */
export function SampleNotice({ onCreate }: { readonly onCreate: () => void }) {
  const { t } = useText();
  const action = (
    <Button size="sm" onClick={onCreate}>
      {t('shell.sample.action')}
    </Button>
  );
  return (
    <Banner tone="information" title={t('shell.sample.title')} actions={action} isWide>
      {t('shell.sample.body')}
    </Banner>
  );
}
