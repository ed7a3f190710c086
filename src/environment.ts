/** Every variable of the environment: what it must be, its default, and what is written about it. */
import { z } from 'zod';

export interface Variable {
  /** One or two plain sentences. */
  describe: string;
  group: 'Paperboy' | 'Sources' | 'Language model' | 'Slack' | 'Discord' | 'Database';
  secret?: boolean;
  /** A value to show where there is no default. */
  example?: string;
}

/** What is written about each of them. */
export const registry = z.registry<Variable>();

const port = () => {
  const error = 'must be a whole number from 0 to 65535';
  return z.coerce.number({ error }).int({ error }).min(0, { error }).max(65_535, { error });
};
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const baseUrl = () =>
  z.url({ protocol: /^https?$/, error: 'must be a URL that starts with http:// or https://' });
/** `a, b c` as a list; `none` is an empty one. */
const list = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== '' && part !== 'none'));
const secret = (prefix: string) =>
  z
    .string()
    .startsWith(prefix, { error: `must start with ${prefix}` })
    .optional();

export const Environment = z.object({
  PAPERBOY_PORT: port().default(3710).register(registry, {
    group: 'Paperboy',
    describe: 'Port of the local page; 0 takes a free one.',
  }),
  PAPERBOY_HOST: z.string().default('127.0.0.1').register(registry, {
    group: 'Paperboy',
    describe:
      'Address the local page listens on. It has no login: keep it on this machine or behind a proxy that has one.',
  }),
  PAPERBOY_STATE_DIR: z.string().default('data/state').register(registry, {
    group: 'Paperboy',
    describe: 'Folder of the database and the snapshot of the search index.',
  }),
  PAPERBOY_TIMEZONE: z
    .string()
    .refine(isTimezone, { error: 'must be an IANA timezone such as Europe/Berlin' })
    .default('UTC')
    .register(registry, {
      group: 'Paperboy',
      describe: 'Timezone of a new channel where nobody said otherwise.',
    }),
  PAPERBOY_OPERATORS: list('none')
    .refine((people) => people.every((person) => /^(?:slack|discord):\w+$/.test(person)), {
      error: 'must name people as slack:U024BE7LH or discord:80351110224678912',
    })
    .register(registry, {
      group: 'Paperboy',
      describe:
        'People who may change what serves every channel, such as the sources: slack:U024BE7LH, discord:80351110224678912, with commas between. Whoever uses the local page or the terminal may anyway.',
    }),
  PAPERBOY_SPREAD_SECONDS: z.coerce
    .number({ error: 'must be a number from 0 to 3600' })
    .min(0, { error: 'must be a number from 0 to 3600' })
    .max(3_600, { error: 'must be a number from 0 to 3600' })
    .default(10)
    .register(registry, {
      group: 'Paperboy',
      describe:
        'Seconds over which the digests of one time of day are spread, each channel at a moment of its own; 0 posts them at once.',
    }),
  PAPERBOY_UNSURE: z
    .enum(['skip', 'repeat'], { error: 'must be skip or repeat' })
    .default('skip')
    .register(registry, {
      group: 'Paperboy',
      describe:
        'What to do with a digest of which nobody can tell whether it was posted, since the bot was killed meanwhile and may not read that channel: skip it and tell whoever subscribed, or repeat it.',
    }),
  PAPERBOY_OPS_PORT: port().optional().register(registry, {
    group: 'Paperboy',
    example: '9464',
    describe:
      'Port of /metrics for Prometheus, /healthz and /readyz; 0 takes a free one. Off where it is not set.',
  }),
  PAPERBOY_OPS_HOST: z.string().default('127.0.0.1').register(registry, {
    group: 'Paperboy',
    describe: 'Address the ops port listens on.',
  }),
  LOG_LEVEL: z
    .enum(levels, { error: `must be one of ${levels.join(', ')}` })
    .default('info')
    .register(registry, { group: 'Paperboy', describe: 'Least severe log line to write.' }),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL that starts with postgres://' })
    .optional()
    .register(registry, {
      group: 'Database',
      secret: true,
      example: 'postgres://user:password@localhost:5432/paperboy',
      describe: 'PostgreSQL to use instead of SQLite; several instances may share it.',
    }),
  PAPERBOY_SOURCES: list('huggingface').register(registry, {
    group: 'Sources',
    describe:
      'Where papers come from, until somebody changes it with /paper source: huggingface, arxiv, biorxiv, medrxiv, with commas between, or none.',
  }),
  PAPERBOY_ARXIV_CATEGORIES: list('cs.AI, cs.CL, cs.LG').register(registry, {
    group: 'Sources',
    describe: 'Categories of the source arxiv; https://arxiv.org/category_taxonomy lists them.',
  }),
  PAPERBOY_FEEDS: list('none').register(registry, {
    group: 'Sources',
    describe:
      'Addresses of RSS, Atom or JSON feeds to read besides, such as https://eprint.iacr.org/rss/rss.xml, with commas between.',
  }),
  PAPERBOY_ALLOW_PRIVATE_FEEDS: z
    .stringbool({ error: 'must be yes or no' })
    .default(false)
    .register(registry, {
      group: 'Sources',
      describe:
        'Let feeds be on this machine or in its network. Anybody who may add a feed can then reach what this machine reaches.',
    }),
  PAPERBOY_WATCH_DIR: z.string().min(1).optional().register(registry, {
    group: 'Sources',
    example: 'data/inbox',
    describe: 'Folder whose files are imported as they arrive: NDJSON, JSON, BibTeX, RIS.',
  }),
  PAPERBOY_CALENDAR: z.string().min(1).optional().register(registry, {
    group: 'Sources',
    example: 'data/calendar.json',
    describe:
      'File with days on which a source announces nothing, or announces after all: {"arxiv": {"without": ["2027-01-01"], "with": []}}.',
  }),
  HUGGINGFACE_URL: baseUrl().default('https://huggingface.co').register(registry, {
    group: 'Sources',
    describe: 'Where Hugging Face is.',
  }),
  ARXIV_API_URL: baseUrl().default('https://export.arxiv.org/api/query').register(registry, {
    group: 'Sources',
    describe: "Where arXiv's Atom API is.",
  }),
  ARXIV_RSS_URL: baseUrl().default('https://rss.arxiv.org/rss').register(registry, {
    group: 'Sources',
    describe: "Where arXiv's feeds are; with `/atom` in place of `/rss` they are read as Atom.",
  }),
  ARXIV_HTML_URL: baseUrl().default('https://arxiv.org/html').register(registry, {
    group: 'Sources',
    describe: 'Where the pages are that arXiv makes of papers, for /paper read.',
  }),
  ARXIV_PDF_URL: baseUrl().default('https://arxiv.org/pdf').register(registry, {
    group: 'Sources',
    describe: "Where arXiv's PDFs are, for /paper read.",
  }),
  PAPERBOY_PAPERS_DIR: z.string().min(1).optional().register(registry, {
    group: 'Sources',
    example: 'data/pdfs',
    describe:
      'Folder of PDFs and HTML pages that /paper read takes before it asks arXiv: 2407.09435.pdf, 10.1000_xyz.html.',
  }),
  ARXIV_OAI_URL: baseUrl().default('https://oaipmh.arxiv.org/oai').register(registry, {
    group: 'Sources',
    describe: "Where arXiv's OAI-PMH is, which tells of new versions and withdrawals.",
  }),
  BIORXIV_URL: baseUrl().default('https://api.biorxiv.org').register(registry, {
    group: 'Sources',
    describe: 'Where the API of bioRxiv and medRxiv is.',
  }),
  SEMANTIC_SCHOLAR_URL: baseUrl().default('https://api.semanticscholar.org').register(registry, {
    group: 'Sources',
    describe: 'Where Semantic Scholar is.',
  }),
  SEMANTIC_SCHOLAR_API_KEY: z.string().min(1).optional().register(registry, {
    group: 'Sources',
    secret: true,
    example: 's2k-…',
    describe: 'Key for Semantic Scholar, which turns away many requests without one.',
  }),
  MODEL_BASE_URL: baseUrl().optional().register(registry, {
    group: 'Language model',
    example: 'http://127.0.0.1:11434/v1',
    describe:
      'Endpoint of a language model that writes answers over the quotes, hosted or on this machine (Ollama, vLLM): anything that speaks OpenAI chat completions. Needs MODEL_NAME beside it. Questions and quotes go there.',
  }),
  MODEL_NAME: z.string().min(1).optional().register(registry, {
    group: 'Language model',
    example: 'llama3.1:8b',
    describe: 'The model as its endpoint calls it.',
  }),
  MODEL_API_KEY: z.string().min(1).optional().register(registry, {
    group: 'Language model',
    secret: true,
    example: 'sk-…',
    describe: 'Key for the endpoint, where it wants one.',
  }),
  EMBEDDING_BASE_URL: baseUrl().optional().register(registry, {
    group: 'Language model',
    example: 'http://127.0.0.1:11434/v1',
    describe:
      'Endpoint that turns texts into vectors (OpenAI embeddings), so that search finds what is near in meaning too; without it words alone decide. Needs EMBEDDING_MODEL beside it. Titles, abstracts, searches and questions go there.',
  }),
  EMBEDDING_MODEL: z.string().min(1).optional().register(registry, {
    group: 'Language model',
    example: 'nomic-embed-text',
    describe: 'The embedding model as its endpoint calls it; another one makes all vectors anew.',
  }),
  EMBEDDING_API_KEY: z.string().min(1).optional().register(registry, {
    group: 'Language model',
    secret: true,
    example: 'sk-…',
    describe: 'Key for the embeddings endpoint, where it wants one.',
  }),
  MODEL_ANSWERS_PER_DAY: z.coerce
    .number({ error: 'must be a whole number' })
    .int({ error: 'must be a whole number' })
    .min(0, { error: 'must be 0 or more' })
    .default(200)
    .register(registry, {
      group: 'Language model',
      describe:
        'Answers the model may write a day (UTC) for one Slack workspace, Discord server or person; past it answers are quotes alone.',
    }),
  SLACK_BOT_TOKEN: secret('xoxb-').register(registry, {
    group: 'Slack',
    secret: true,
    example: 'xoxb-…',
    describe:
      'Bot token of the Slack app. Needs SLACK_APP_TOKEN or SLACK_SIGNING_SECRET beside it.',
  }),
  SLACK_APP_TOKEN: secret('xapp-').register(registry, {
    group: 'Slack',
    secret: true,
    example: 'xapp-…',
    describe: 'App-level token with connections:write: Socket Mode, no public address needed.',
  }),
  SLACK_SIGNING_SECRET: z.string().min(1).optional().register(registry, {
    group: 'Slack',
    secret: true,
    example: '8f742231b10e…',
    describe: 'Signing secret: HTTP mode, Slack calls this machine on SLACK_PORT.',
  }),
  SLACK_PORT: port().default(3711).register(registry, {
    group: 'Slack',
    describe: 'Port of HTTP mode; requests go to /slack/events.',
  }),
  SLACK_API_URL: baseUrl().default('https://slack.com/api/').register(registry, {
    group: 'Slack',
    describe: 'Where the Slack Web API is.',
  }),
  SLACK_MESSAGES_PER_MINUTE: z.coerce
    .number({ error: 'must be a number above 0' })
    .positive({ error: 'must be a number above 0' })
    .default(300)
    .register(registry, {
      group: 'Slack',
      describe:
        'Most digest messages a minute over all channels; Slack takes several hundred, and one a second in each channel.',
    }),
  SLACK_ADMINS_ONLY: z
    .stringbool({ error: 'must be yes or no' })
    .default(false)
    .register(registry, {
      group: 'Slack',
      describe:
        'Let only workspace admins change subscriptions and schedules, instead of every member of a channel.',
    }),
  DISCORD_TOKEN: z.string().min(1).optional().register(registry, {
    group: 'Discord',
    secret: true,
    example: 'MTIz…',
    describe: 'Bot token of the Discord application.',
  }),
  DISCORD_API_URL: baseUrl().default('https://discord.com/api').register(registry, {
    group: 'Discord',
    describe: 'Where the Discord REST API is, without the version.',
  }),
});

function isTimezone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
