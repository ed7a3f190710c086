/**
 * What a Web API method is, and how it reads its arguments: forms carry everything as text, JSON
 * bodies carry values, and both must mean the same.
 *
 * https://docs.slack.dev/apis/web-api/#methods
 */
import type { Service } from '../service.ts';
import type { Channel } from '../workspace.ts';

export type Args = Record<string, unknown>;
/** Gives the fields next to `ok: true`, or throws an ApiError. */
export type Method = (service: Service, args: Args) => Record<string, unknown>;

/** An answer with `ok: false`. */
export class ApiError extends Error {
  readonly error: string;
  readonly extra: Record<string, unknown>;

  /** `reasons` are what is wrong in detail; the real client logs them. */
  constructor(error: string, reasons: string[] = []) {
    super(error);
    this.error = error;
    this.extra =
      reasons.length === 0
        ? {}
        : {
            errors: reasons,
            response_metadata: { messages: reasons.map((reason) => `[ERROR] ${reason}`) },
          };
  }
}

export function optional(args: Args, name: string): string | undefined {
  const value = args[name];
  return value === undefined || value === null ? undefined : String(value);
}

export function required(args: Args, name: string): string {
  const value = optional(args, name);
  if (value === undefined || value === '') {
    throw new ApiError('invalid_arguments', [`missing required field: ${name}`]);
  }
  return value;
}

export function flag(args: Args, name: string): boolean {
  return ['true', '1'].includes(optional(args, name) ?? '');
}

/** A structured argument, which a form carries as JSON text. @throws `badJson` when it is not. */
export function structured(args: Args, name: string, badJson: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new ApiError(badJson);
  }
}

/** The channel of an id, when the app may know of it. @throws channel_not_found */
export function channelById(service: Service, args: Args): Channel {
  const channel = service.workspace.channels.get(required(args, 'channel'));
  if (channel === undefined || !service.workspace.botSees(channel)) {
    throw new ApiError('channel_not_found');
  }
  return channel;
}

/** One page of a list. https://docs.slack.dev/apis/web-api/pagination */
export function page<T>(items: T[], args: Args, defaults: { limit: number; most: number }) {
  const limit = Number(optional(args, 'limit') ?? defaults.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > defaults.most) {
    throw new ApiError('invalid_limit');
  }
  const cursor = optional(args, 'cursor') ?? '';
  const from = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString());
  if (!Number.isInteger(from) || from < 0) throw new ApiError('invalid_cursor');
  const more = from + limit < items.length;
  return {
    items: items.slice(from, from + limit),
    more,
    response_metadata: {
      next_cursor: more ? Buffer.from(String(from + limit)).toString('base64') : '',
    },
  };
}
