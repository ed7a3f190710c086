/**
 * A request of the bot as the routes see it: read once, logged, its JSON and its files apart.
 *
 * https://discord.com/developers/docs/reference#uploading-files
 */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { invalidJson } from './errors.ts';
import type { LoggedRequest, UploadedFile } from './service.ts';

export type Env = { Bindings: HttpBindings; Variables: { request: LoggedRequest } };

export const PREFIX = '/api/v10';

/** The JSON body; an empty object when there is none. Throws when it is no JSON object or list. */
export function bodyOf(c: Context<Env>): object {
  const { body } = c.get('request');
  if (body === undefined) return {};
  if (typeof body !== 'object' || body === null) throw invalidJson();
  return body;
}

export function filesOf(c: Context<Env>): readonly UploadedFile[] {
  return c.get('request').files;
}

/** Reads a request for the log; a body that is not JSON is kept as its text. */
export async function readRequest(c: Context<Env>): Promise<LoggedRequest> {
  const { authorization: _, ...headers } = c.req.header();
  const path = c.req.path.startsWith(PREFIX) ? c.req.path.slice(PREFIX.length) : c.req.path;
  const { text, files } = await read(c);
  const body = text === '' ? undefined : parsed(text);
  return { method: c.req.method, path, query: c.req.query(), body, files, headers };
}

async function read(c: Context<Env>): Promise<{ text: string; files: UploadedFile[] }> {
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) return { text: await c.req.text(), files: [] };
  const form = await c.req.formData();
  const files = [...form.values()].filter((part) => part instanceof File);
  return {
    text: String(form.get('payload_json') ?? ''),
    files: files.map(({ name, type, size }) => ({ name, type, size })),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
