import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { encode } from '../../../shared/contract/codec.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { METHOD_NAMES } from '../../../shared/contract/methods.ts';
import { PAGE_ORIGIN, readPagePath } from './page-address.ts';
import type { ShellModule } from './shell.ts';

/** One channel per method of the contract; there is no other. Each call has to come from our own page's main frame. */
export const answerChannels: ShellModule = ({ served }) => {
  for (const name of METHOD_NAMES) {
    ipcMain.handle(`ballast:${name}`, async (event, ...args: unknown[]) => {
      if (!isOwnPage(event)) {
        const error = new AppError('foreign-sender', 'The request did not come from the page of Ballast.');
        return encode({ ok: false, error: error.toValue() });
      }
      const [input] = args;
      if (args.length !== 1 || typeof input !== 'string') {
        const error = new AppError('bad-request', 'The request is not one encoded text.');
        return encode({ ok: false, error: error.toValue() });
      }
      return served.dispatch(name, input);
    });
  }
};

/** The frame is null once it was closed or went elsewhere while the message was under way. */
function isOwnPage({ senderFrame }: IpcMainInvokeEvent): boolean {
  return (
    senderFrame !== null &&
    senderFrame.parent === null &&
    senderFrame.origin === PAGE_ORIGIN &&
    readPagePath(senderFrame.url) !== null
  );
}
