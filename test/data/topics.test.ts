import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Topic } from '../../src/model/topic.ts';
import { matches } from '../../src/query/match.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { readPapers } from '../../src/sources/ndjson.ts';

const data = (name: string) => readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8');

const topics = z.array(z.strictObject(Topic.shape)).parse(JSON.parse(data('topics.json')));
const results = await Array.fromAsync(readPapers(data('papers.ndjson')));
const papers = results.flatMap((result) => ('paper' in result ? [result.paper] : []));

const now = new Date('2025-03-14T09:00:00Z');
function papersOf(name: string) {
  const topic = topics.find((one) => one.name === name);
  if (!topic) throw new Error(`no topic ${name}`);
  const query = parseQuery(topic.query);
  return papers.filter((paper) => matches(query, paper, { now }));
}

describe('the curated topics', () => {
  it('are 15 to 25, each with a name of its own and a description of one line', () => {
    expect(topics.length).toBeGreaterThanOrEqual(15);
    expect(topics.length).toBeLessThanOrEqual(25);
    expect(new Set(topics.map(({ name }) => name)).size).toBe(topics.length);
    expect(topics.filter(({ description }) => /[\n\r]/.test(description))).toEqual([]);
  });

  it.each(topics.map(({ name }) => name))(
    '%s has papers in the catalogue, but no third of it',
    (name) => {
      const found = papersOf(name).length;
      expect(found).toBeGreaterThanOrEqual(2);
      expect(found).toBeLessThanOrEqual(papers.length / 3);
    },
  );

  it('have between them a place for nearly every paper of the catalogue', () => {
    const placed = new Set(topics.flatMap(({ name }) => papersOf(name)));
    expect(papers).toHaveLength(96);
    expect(placed.size).toBeGreaterThanOrEqual(90);
  });

  it.each([
    ['model-merging', 'Evolutionary Optimization of Model Merging Recipes'],
    ['tool-use', 'Small LLMs Are Weak Tool Learners: A Multi-LLM Agent'],
    ['compression', 'Compact Language Models via Pruning and Knowledge Distillation'],
    ['multimodal', 'NVLM: Open Frontier-Class Multimodal LLMs'],
    ['languages', 'LLaMA Beyond English: An Empirical Study on Language Capability Transfer'],
    ['mathematics', 'AlphaMath Almost Zero: process Supervision without process'],
    ['code', 'CodeGen2: Lessons for Training LLMs on Programming and Natural Languages'],
    ['alignment', 'Pretraining Language Models with Human Preferences'],
    ['surveys', 'A Survey of Large Language Models'],
  ])('%s holds "%s"', (name, title) => {
    expect(papersOf(name).map((paper) => paper.title)).toContain(title);
  });

  it('leave out what only shares a word with them', () => {
    const titles = (name: string) => papersOf(name).map((paper) => paper.title);
    expect(titles('agents')).not.toContain(
      'ToolBridge: An Open-Source Dataset to Equip LLMs with External Tool Capabilities',
    );
    expect(titles('medicine')).not.toContain('UL2: Unifying Language Learning Paradigms');
    expect(titles('surveys').every((title) => /survey|review/i.test(title))).toBe(true);
  });
});
