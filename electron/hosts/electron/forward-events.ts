import { decode } from '../../../shared/contract/codec.ts';
import { eventSchema } from '../../../shared/contract/methods.ts';
import type { Shell, ShellModule } from './shell.ts';

/** Passes the services' events on to the page. */
export const forwardEvents: ShellModule = ({ served, window }) => {
  served.subscribe((event) => window.send(event));
};

/** Shows the progress of running jobs in the taskbar or dock. */
export function showProgress({ served, window }: Pick<Shell, 'served' | 'window'>): void {
  const running = new Map<string, number | null>();
  served.subscribe((text) => {
    const event = eventSchema.parse(decode(text));
    if (event.kind !== 'job') return;
    if (event.job.state === 'running') running.set(event.job.id, event.job.progress);
    else running.delete(event.job.id);
    window.showProgress([...running.values()]);
  });
}
