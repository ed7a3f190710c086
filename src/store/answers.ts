/** What was asked and answered where, so that people can ask on, after a restart and at another instance too. */
import { randomUUID } from 'node:crypto';
import { ChannelRef } from '../model/channel.ts';
import { type Exchange, type NewExchange, plainQuestion } from '../model/exchange.ts';
import { PaperId } from '../model/paper.ts';
import type { Database } from './database.ts';
import type { AnswersTable } from './tables.ts';

export interface AnswerStore {
  /** Keeps it and gives its id. */
  keep(exchange: NewExchange): Promise<string>;
  /** Where the answer of this id stands, and the thread in which people ask on. */
  shown(id: string, at: { message: string; thread: string }): Promise<void>;
  get(id: string): Promise<Exchange | undefined>;
  /** The newest one of a thread. */
  inThread(thread: string): Promise<Exchange | undefined>;
  /** The newest one of a channel since then (ISO 8601 instant), whatever its thread. */
  inChannel(channel: ChannelRef, since: string): Promise<Exchange | undefined>;
  /** The newest answer of a channel since then to the same question of the same papers, if a message shows it. */
  same(
    asked: Pick<NewExchange, 'channel' | 'subject' | 'paper' | 'topic'>,
    since: string,
  ): Promise<Exchange | undefined>;
  /** Keeps what a person said of an answer; what they say later takes its place. */
  signal(id: string, person: string, signal: 'not-helpful', at: string): Promise<void>;
}

export function createAnswerStore(db: Database): AnswerStore {
  const newest = () => db.selectFrom('answers').selectAll().orderBy('asked_at', 'desc').limit(1);

  return {
    async keep({ channel, subject, paper = '', topic = '', papers, isAnswered, by, at }) {
      const id = randomUUID();
      await db
        .insertInto('answers')
        .values({
          id,
          channel,
          subject,
          plain_question: plainQuestion(subject),
          paper,
          topic,
          papers: JSON.stringify(papers),
          is_answered: isAnswered ? 1 : 0,
          asked_by: by,
          asked_at: at,
          message: null,
          thread: null,
        })
        .execute();
      return id;
    },
    async shown(id, { message, thread }) {
      await db.updateTable('answers').set({ message, thread }).where('id', '=', id).execute();
    },
    async get(id) {
      const row = await newest().where('id', '=', id).executeTakeFirst();
      return row && exchangeOf(row);
    },
    async inThread(thread) {
      const row = await newest().where('thread', '=', thread).executeTakeFirst();
      return row && exchangeOf(row);
    },
    async inChannel(channel, since) {
      const row = await newest()
        .where('channel', '=', channel)
        .where('asked_at', '>=', since)
        .executeTakeFirst();
      return row && exchangeOf(row);
    },
    async same({ channel, subject, paper = '', topic = '' }, since) {
      const row = await newest()
        .where('channel', '=', channel)
        .where('plain_question', '=', plainQuestion(subject))
        .where('paper', '=', paper)
        .where('topic', '=', topic)
        .where('is_answered', '=', 1)
        .where('asked_at', '>=', since)
        .where('message', 'is not', null)
        .executeTakeFirst();
      return row && exchangeOf(row);
    },
    async signal(answer, person, signal, at) {
      await db
        .insertInto('answer_signals')
        .values({ answer, person, signal, given_at: at })
        .onConflict((c) => c.columns(['answer', 'person']).doUpdateSet({ signal, given_at: at }))
        .execute();
    },
  };
}

function exchangeOf(row: AnswersTable): Exchange {
  return {
    id: row.id,
    channel: ChannelRef.parse(row.channel),
    subject: row.subject,
    paper: row.paper ? PaperId.parse(row.paper) : undefined,
    topic: row.topic || undefined,
    papers: PaperId.array().parse(JSON.parse(row.papers)),
    isAnswered: row.is_answered === 1,
    by: row.asked_by,
    at: row.asked_at,
    message: row.message ?? undefined,
    thread: row.thread ?? undefined,
  };
}
