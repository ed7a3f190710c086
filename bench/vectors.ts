/** `node bench/vectors.ts [papers] [size]`: what search by meaning takes in memory and time, beside stock Orama. */
import { create, insertMultiple, search } from '@orama/orama';
import type { PaperId } from '../src/model/paper.ts';
import { Vectors } from '../src/search/vectors.ts';

const [papers = 100_000, size = 384] = process.argv.slice(2).map(Number);
const QUERIES = 20;
/** Orama's vectors are slow to put in; its figures are of a tenth. */
const STOCK = papers / 10;

// A generator of its own, so that every run compares the same.
let state = 1;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 31 - 1;
};
const vector = () => Float32Array.from({ length: size }, random);
const middle = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1] ?? 0;

const vectors = new Vectors();
const idOf = (n: number) => `arxiv:${n}` as PaperId;
const before = process.memoryUsage().arrayBuffers;
const began = performance.now();
for (let n = 0; n < papers; n += 1) vectors.put(idOf(n), vector());
const put = performance.now() - began;
const bytes = (process.memoryUsage().arrayBuffers - before) / papers;

const queries = Array.from({ length: QUERIES }, vector);
const times: number[] = [];
const cpu: number[] = [];
// What this thread worked without a pause: the clock would count the machine's other work too.
const worked = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
let block = 0;
let last = worked();
const look = () => {
  block = Math.max(block, worked() - last);
  last = worked();
};
let isOver = false;
const beat = () => {
  look();
  if (!isOver) setImmediate(beat);
};
setImmediate(beat);
for (const query of queries) {
  const [start, used] = [performance.now(), process.cpuUsage()];
  await vectors.nearest(query, 50, () => true);
  times.push(performance.now() - start);
  cpu.push(process.cpuUsage(used).user / 1_000);
}
look();
isOver = true;

const db = create({ schema: { vector: `vector[${size}]` as 'vector[384]' } });
const documents = Array.from({ length: STOCK }, (_, n) => ({
  id: String(n),
  vector: [...vector()],
}));
await insertMultiple(db, documents);
const stock: number[] = [];
for (const query of queries) {
  const start = performance.now();
  await search(db, {
    mode: 'vector',
    vector: { value: [...query], property: 'vector' },
    similarity: 0,
    limit: 50,
  });
  stock.push(performance.now() - start);
}
console.log(`${papers} vectors of ${size}: ${Math.round(bytes)} bytes each, put in ${Math.round(put)} ms
nearest 50: median ${middle(times).toFixed(1)} ms (${middle(cpu).toFixed(1)} ms of the processor), longest block ${block.toFixed(1)} ms of it
stock Orama, ${STOCK} of them: median ${middle(stock).toFixed(1)} ms`);
