/**
 * App Home tabs and modals, and the trigger ids that allow a modal for three seconds.
 *
 * https://docs.slack.dev/reference/views
 * https://docs.slack.dev/surfaces/modals#opening
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { plainText } from './block-elements.ts';
import { type Block, checkBlocks, reason } from './blocks.ts';
import { TRIGGER_LIFETIME_MS, VIEW } from './limits.ts';

const viewSchema = z.strictObject({
  type: z.enum(['home', 'modal']),
  blocks: z.array(z.unknown()),
  title: plainText(VIEW.title).optional(),
  close: plainText(VIEW.button).optional(),
  submit: plainText(VIEW.button).optional(),
  private_metadata: z.string().max(VIEW.metadata).optional(),
  callback_id: z.string().max(VIEW.callbackId).optional(),
  external_id: z.string().max(VIEW.callbackId).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
});

export type View = Omit<z.output<typeof viewSchema>, 'blocks'> & {
  id: string;
  hash: string;
  userId: string;
  blocks: Block[];
};

export type ViewCheck = { ok: true; view: View } | { ok: false; reasons: string[] };

export class Views {
  readonly homes = new Map<string, View>();
  /** Every modal opened, in order. */
  readonly modals: View[] = [];
  readonly #triggers = new Map<string, { user: string; at: number; used: boolean }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  issueTrigger(user: string): string {
    const id = `${this.#triggers.size + 1}.0.${randomUUID().replaceAll('-', '')}`;
    this.#triggers.set(id, { user, at: this.#now(), used: false });
    return id;
  }

  /** Whose trigger it was; it works once. */
  useTrigger(id: string): { user: string } | { error: string } {
    const trigger = this.#triggers.get(id);
    if (trigger === undefined) return { error: 'invalid_trigger_id' };
    if (trigger.used) return { error: 'exchanged_trigger_id' };
    if (this.#now() - trigger.at > TRIGGER_LIFETIME_MS) return { error: 'expired_trigger_id' };
    trigger.used = true;
    return { user: trigger.user };
  }

  check(input: unknown, userId: string): ViewCheck {
    const parsed = viewSchema.safeParse(input);
    if (!parsed.success) {
      return { ok: false, reasons: parsed.error.issues.map((issue) => reason(issue, '/view')) };
    }
    const checked = checkBlocks(parsed.data.blocks, VIEW.blockItems);
    if (!checked.ok) return { ok: false, reasons: checked.reasons };
    const id = `V${randomUUID().slice(0, 8).toUpperCase()}`;
    const view = { ...parsed.data, id, hash: `${this.#now()}.${id}`, userId };
    return { ok: true, view: { ...view, blocks: checked.blocks } };
  }
}
