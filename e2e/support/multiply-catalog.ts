/** A catalogue much longer than the bundled one, for how the page bears it: the same protocols again and again. */
import type { Page } from '@playwright/test';
import type { CatalogView } from '../../shared/contract/catalog-view.ts';
import { decode, encode } from '../../shared/contract/codec.ts';
import { serverFrameSchema } from '../../shared/contract/socket.ts';
import { catalogSchema, type Catalog } from '../../shared/domain/catalog.ts';

/** From the next load of the page on, the program's answer holds `count` protocols: made-up copies, numbered. */
export async function multiplyCatalog(page: Page, count: number): Promise<void> {
  await page.routeWebSocket(/.*/u, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => server.send(message));
    server.onMessage((message) => socket.send(rewrite(message.toString(), count)));
  });
}

function rewrite(message: string, count: number): string {
  if (!message.includes('ballast-catalog/1')) return message;
  const frame = serverFrameSchema.parse(JSON.parse(message));
  if (frame.type !== 'result') return message;
  // as: the only answer that holds a catalogue; the catalogue itself is parsed.
  const answer = decode(frame.result) as { readonly ok: true; readonly value: CatalogView };
  const catalog = multiply(catalogSchema.parse(answer.value.catalog), count);
  return JSON.stringify({ ...frame, result: encode({ ...answer, value: { ...answer.value, catalog } }) });
}

function multiply(catalog: Catalog, count: number): Catalog {
  const { protocols, observations } = catalog;
  const copies = Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / protocols.length);
    const protocol = protocols[index % protocols.length]!;
    if (round === 0) return { protocol, own: [] };
    const id = `${protocol.id}-${round}`.slice(0, 40);
    const copy = { ...protocol, id, name: `${protocol.name} ${round}` };
    const own = observations.filter((one) => one.protocol === protocol.id);
    return { protocol: copy, own: own.map((one) => ({ ...one, protocol: id })) };
  });
  return {
    ...catalog,
    protocols: copies.map(({ protocol }) => protocol),
    observations: [...observations, ...copies.flatMap(({ own }) => own)],
  };
}

/** `rewrite`, for comparison: what the table shows of 500 rows, written anew as plain HTML, all rows at once. */
export type MeasuredWork = 'sort' | 'filter' | 'rewrite';

/** Milliseconds of the page's own work for one press or one letter: script, style and layout. Median of many. */
export async function measureWork(page: Page, kind: MeasuredWork): Promise<number> {
  return page.evaluate(async (measured) => {
    const table = document.querySelector('table[role="grid"]')!;
    const heads = [...table.querySelectorAll<HTMLElement>('th[role="columnheader"] button')];
    const search = document.querySelector<HTMLInputElement>('section input')!;
    const property = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!;
    const words = ['b', 'be', 'bed', '', 'k', 'ke', 'kel', 'kelp', 'solv', 'liquid staking', 'fire'];
    const plain = document.createElement('table');
    const shown = [...table.querySelectorAll('tbody tr')].map((row) => row.innerHTML);
    const html = Array.from({ length: 500 }, (_, index) => `<tr>${shown[index % shown.length]!}</tr>`).join(
      '',
    );
    if (measured === 'rewrite') document.body.append(plain);
    const work = (round: number): void => {
      if (measured === 'rewrite') plain.innerHTML = html;
      else if (measured === 'sort') heads[round % heads.length]!.click();
      else {
        property.set!.call(search, words[round % words.length]);
        search.dispatchEvent(new Event('input', { bubbles: true }));
      }
    };
    const times: number[] = [];
    // All rows at once take a hundred times as long: a few of those are enough.
    const rounds = measured === 'rewrite' ? 3 : 40;
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      work(round);
      // The page draws in a microtask.
      await Promise.resolve();
      // Reading a size makes the browser lay out what was changed.
      table.getBoundingClientRect();
      plain.getBoundingClientRect();
      times.push(performance.now() - start);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    plain.remove();
    // The first ones also compile the code.
    const counted = times.slice(rounds / 5).toSorted((a, b) => a - b);
    return counted[counted.length >> 1]!;
  }, kind);
}
