/** The environment, validated at once, as a typed Config. The only reader of `process.env`. */
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { Environment, registry, type Variable } from './environment.ts';
import { UserError } from './errors.ts';

export type Config = z.infer<typeof Environment>;
type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads `.env` when present, then the environment, which wins. Throws `UserError` that names every
 * problem at once and never a value.
 */
export function readConfig(env: Env = process.env, file = '.env'): Config {
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return parseConfig({ ...fromFile, ...env });
}

export function parseConfig(env: Env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = Environment.safeParse(set);
  const problems = [...unknownNames(set), ...impossible(set)];
  if (!parsed.success) {
    problems.unshift(
      ...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
    );
  }
  if (problems.length || !parsed.success) {
    throw new UserError(
      `The environment needs a change:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
  return parsed.data;
}

/** The values that must never be seen in a log. */
export function secretsOf(config: Config): string[] {
  return variables().flatMap(({ name, secret }) => {
    const value = config[name];
    return secret && typeof value === 'string' ? [value] : [];
  });
}

/** What was found in the environment, names only, for the start-up message. */
export function foundIn(config: Config): string[] {
  return variables()
    .filter(({ name, secret }) => secret && config[name] !== undefined)
    .map(({ name }) => name);
}

interface Described extends Variable {
  name: keyof Config;
  default: string | undefined;
}

/** Every variable in order, for `.env.example` and the README. */
export function variables(): Described[] {
  return Object.entries(Environment.shape).map(([name, schema]) => {
    const words = registry.get(schema);
    if (!words) throw new Error(`${name} has no description`);
    const written = schema instanceof z.ZodPipe ? schema.in : schema;
    const fallback = written instanceof z.ZodDefault ? written.def.defaultValue : undefined;
    const shown = typeof fallback === 'boolean' ? (fallback ? 'yes' : 'no') : fallback;
    return {
      ...words,
      name: name as keyof Config,
      default: shown === undefined ? undefined : String(shown),
    };
  });
}

function unknownNames(env: Env): string[] {
  const known = new Set(Object.keys(Environment.shape));
  return Object.keys(env)
    .filter((name) => name.startsWith('PAPERBOY_') && !known.has(name))
    .map((name) => `${name} is not a setting of Paperboy; see .env.example for those there are`);
}

function impossible(env: Env): string[] {
  const problems: string[] = [];
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: signing } = env;
  if (bot && !app && !signing) {
    problems.push(
      'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode) beside it',
    );
  }
  for (const [endpoint, model, key] of [
    ['MODEL_BASE_URL', 'MODEL_NAME', 'MODEL_API_KEY'],
    ['EMBEDDING_BASE_URL', 'EMBEDDING_MODEL', 'EMBEDDING_API_KEY'],
  ] as const) {
    if (env[endpoint] && !env[model]) problems.push(`${endpoint} needs ${model} beside it`);
    if (!env[endpoint] && (env[model] || env[key])) {
      problems.push(`${env[model] ? model : key} needs ${endpoint} beside it`);
    }
  }
  if (!bot && (app || signing)) {
    problems.push(
      `${app ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET'} needs SLACK_BOT_TOKEN beside it`,
    );
  }
  if (bot && signing && !app && portOf(env, 'SLACK_PORT') === portOf(env, 'PAPERBOY_PORT')) {
    problems.push(
      'SLACK_PORT and PAPERBOY_PORT must differ, as HTTP mode and the local page each need their own, for example SLACK_PORT=3711 and PAPERBOY_PORT=3710',
    );
  }
  return problems;
}

/** NaN, which equals nothing, for a port that is none and for 0, which takes a free one. */
function portOf(env: Env, name: 'SLACK_PORT' | 'PAPERBOY_PORT'): number {
  return Environment.shape[name].safeParse(env[name]).data || Number.NaN;
}
