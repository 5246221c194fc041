import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useInspectedFigure, useInspector } from '../state/inspector.ts';
import { useText } from '../state/text.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { InspectorBody } from './InspectorBody.tsx';
import styles from './InspectorPane.module.css';
import { useMediaQuery } from './useMediaQuery.ts';

/** Where a figure can be turned over: beside the page, or as a sheet over a narrow one. */
export function InspectorPane() {
  const { t } = useText();
  const figure = useInspectedFigure();
  const close = useInspector((state) => state.close);
  const isNarrow = useMediaQuery('(max-width: 1099px)');
  if (isNarrow) {
    return (
      <Dialog title={t('shell.inspector.title')} isOpen={figure !== null} onClose={close} size="sheet">
        {figure && <InspectorBody figure={figure} />}
      </Dialog>
    );
  }
  return figure && <SidePane onClose={close} />;
}

function SidePane({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const figure = useInspectedFigure();
  const pane = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const opener = document.activeElement;
    const opened = pane.current;
    // Opened by key, it takes the focus; by pointer, the page keeps it, so that figure after figure can be picked.
    if (opener?.matches(':focus-visible') === true) opened?.focus();
    return () => {
      const isInside =
        opened?.contains(document.activeElement) === true || document.activeElement === document.body;
      if (isInside && opener instanceof HTMLElement) opener.focus();
    };
  }, []);

  useEffect(() => {
    if (body.current !== null) body.current.scrollTop = 0;
  }, [figure]);

  return (
    <aside ref={pane} className={styles.pane} aria-label={t('shell.inspector.title')} tabIndex={-1}>
      <header className={styles.head}>
        <h2 className={styles.title}>{t('shell.inspector.title')}</h2>
        <IconButton icon={X} label={t('shell.inspector.close')} onClick={onClose} />
      </header>
      <div ref={body} className={styles.body}>
        {figure && <InspectorBody figure={figure} />}
      </div>
    </aside>
  );
}
