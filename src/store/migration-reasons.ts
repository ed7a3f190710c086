/** Reasons of editions become codes. */
import type { Migration } from 'kysely/migration';

const CODES = {
  gone: 'channel-gone',
  forbidden: 'no-permission',
  invalid: 'message-refused',
  limited: 'rate-limited',
  unavailable: 'service-away',
  'our own fault; see the log': 'own-fault',
};

export const reasons: Migration = {
  async up(db) {
    for (const [reason, code] of Object.entries(CODES)) {
      await db
        .updateTable('editions')
        .set({ reason: code })
        .where('reason', '=', reason)
        .where('state', 'in', ['failed', 'rejected', 'skipped'])
        .execute();
    }
  },
};
