import { Circle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { joinClasses } from './classes.ts';
import styles from './StateWord.module.css';
import { toneIcons, type Tone } from './tone.ts';

interface StateWordProps {
  readonly tone?: Tone | 'neutral' | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly children: ReactNode;
}

/** A state in words, with a shape: never told by colour alone. */
export function StateWord({ tone = 'neutral', icon, children }: StateWordProps) {
  const Icon = icon ?? (tone === 'neutral' ? Circle : toneIcons[tone]);
  return (
    <span className={joinClasses(styles.state, styles[tone])}>
      <Icon size={tone === 'neutral' ? 8 : 12} strokeWidth={2} aria-hidden />
      {children}
    </span>
  );
}
