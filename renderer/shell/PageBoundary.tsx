import { Component, type ReactNode } from 'react';
import { toAppError, type AppError } from '../../shared/contract/errors.ts';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import styles from './PageBoundary.module.css';

interface PageBoundaryState {
  readonly error: AppError | null;
}

/** A page that fails takes nothing else with it: the frame stays, and other pages still open. */
export class PageBoundary extends Component<{ readonly children: ReactNode }, PageBoundaryState> {
  override readonly state: PageBoundaryState = { error: null };

  static getDerivedStateFromError(thrown: unknown): PageBoundaryState {
    return { error: toAppError(thrown) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div className={styles.failed}>
        <ErrorNotice error={error} />
      </div>
    );
  }
}
