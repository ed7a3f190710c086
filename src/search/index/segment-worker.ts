/** The thread behind `segment-thread.ts`. */
import { parentPort } from 'node:worker_threads';
import { atOnce } from '../../sliced.ts';
import { Bitset } from './bitset.ts';
import { Making } from './making.ts';
import { buffersIn } from './packed.ts';
import type { FromThread, ToThread } from './segment-thread.ts';

const works = new Map<number, Making>();

parentPort?.on('message', (order: ToThread) => {
  const { work } = order;
  const making = works.get(work) ?? new Making();
  works.set(work, making);
  if ('add' in order) {
    atOnce(making.adding(order.add, (bad, error) => tell({ work, bad, error })));
    tell({ work, added: order.add.length });
  } else if ('gather' in order) {
    atOnce(making.gathering(order.gather, new Bitset(order.gone)));
  } else {
    works.delete(work);
    const made = atOnce(making.finishing(order.means));
    tell({ work, made }, buffersIn(made.segments));
  }
});
tell('ready');

function tell(message: FromThread, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
