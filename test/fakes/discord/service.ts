/** The parts of the running fake that its routes and its user actions work on. */
import type { Commands } from './commands.ts';
import type { Exchange } from './exchange.ts';
import type { Faults } from './faults.ts';
import type { Gateway } from './gateway.ts';
import type { Limits } from './limits.ts';
import type { Rates } from './rates.ts';
import type { World } from './state.ts';

/** One request of the bot as it came over the wire. */
export interface LoggedRequest {
  readonly method: string;
  /** Without `/api/v10` and without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  /** All headers but the one with the token. */
  readonly headers: Readonly<Record<string, string>>;
  /** The answer; absent while there is none and for a request that was cut or left hanging. */
  status?: number;
  response?: unknown;
  /** The fault that was ordered for it. */
  fault?: string;
  /** Set when Discord (as far as the fake knows it) has no such route. */
  unknownRoute?: true;
}

export interface UploadedFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

export interface Service {
  readonly world: World;
  readonly gateway: Gateway;
  readonly commands: Commands;
  readonly exchanges: Exchange[];
  readonly limits: Limits;
  readonly faults: Faults;
  readonly rates: Rates;
  readonly token: string;
  /** The injected clock, in milliseconds since 1970. */
  readonly now: () => number;
  readonly requests: LoggedRequest[];
  /** Told of every request once it is answered. */
  hear(request: LoggedRequest): void;
  /** The messages sent with an enforced nonce, and when. */
  readonly nonces: Map<string, { readonly messageId: string; readonly at: number }>;
  /** What went wrong inside the fake itself; `stop()` throws it. */
  readonly broken: unknown[];
}
