/**
 * Who and what exists in the fake workspace: team, people, channels, the app and its tokens.
 *
 * https://docs.slack.dev/reference/objects/user-object
 * https://docs.slack.dev/reference/objects/conversation-object
 */

export type Team = { id: string; name: string; domain: string };

export type User = {
  id: string;
  name: string;
  realName: string;
  email: string;
  /** IANA name, as Slack gives it. */
  tz: string;
  isAdmin: boolean;
  isOwner: boolean;
  isBot: boolean;
  deleted: boolean;
};

export type ChannelKind = 'public' | 'private' | 'mpim' | 'im';

export type Channel = {
  id: string;
  name: string;
  kind: ChannelKind;
  members: Set<string>;
  archived: boolean;
  general: boolean;
  topic: string;
};

export type SlackApp = {
  id: string;
  name: string;
  botUserId: string;
  botId: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  /** The old way to tell that a request is Slack's; still in every payload. */
  verificationToken: string;
  installed: boolean;
  scopes: Set<string>;
};

export type UserSetup = Partial<User> & { name: string };
export type ChannelSetup = Partial<Omit<Channel, 'members'>> & {
  name: string;
  /** Names or ids. Default: everybody, and the bot. */
  members?: string[];
};

export type WorkspaceSetup = {
  team?: Partial<Team>;
  app?: Partial<SlackApp>;
  /** Default: ada (an admin, in London) and ben (in Tokyo). */
  users?: UserSetup[];
  /** Default: #general without the bot, #papers with it. */
  channels?: ChannelSetup[];
};

/** Who speaks for Slack itself, as when a command fails. */
export const SLACKBOT = 'USLACKBOT';

export class Workspace {
  readonly team: Team;
  readonly app: SlackApp;
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  /** Method → the scope that its token lacks. */
  readonly missingScopes = new Map<string, string>();
  /** Addresses of pictures that Slack fails to download, which makes it refuse the message. */
  readonly brokenImages: RegExp[] = [];

  constructor(setup: WorkspaceSetup = {}) {
    this.team = { id: 'T0TEAM', name: 'Readers', domain: 'readers', ...setup.team };
    this.app = {
      id: 'A0PAPERBOY',
      name: 'paperboy',
      botUserId: 'U0PAPERBOY',
      botId: 'B0PAPERBOY',
      botToken: 'xoxb-fake-bot-token',
      appToken: 'xapp-fake-app-token',
      signingSecret: 'fake-signing-secret',
      verificationToken: 'fake-verification-token',
      installed: true,
      scopes: new Set(['chat:write', 'commands', 'app_mentions:read', 'channels:read']),
      ...setup.app,
    };
    this.addUser({ id: this.app.botUserId, name: this.app.name, isBot: true });
    this.addUser({ id: SLACKBOT, name: 'slackbot', isBot: true });
    const people = setup.users ?? [
      { name: 'ada', isAdmin: true, tz: 'Europe/London' },
      { name: 'ben', tz: 'Asia/Tokyo' },
    ];
    for (const user of people) this.addUser(user);
    const channels = setup.channels ?? [
      { name: 'general', general: true, members: people.map((user) => user.name) },
      { name: 'papers' },
    ];
    for (const channel of channels) this.addChannel(channel);
  }

  addUser(setup: UserSetup): User {
    const user: User = {
      id: `U0${idFrom(setup.name)}`,
      realName: setup.name,
      email: `${setup.name}@example.org`,
      tz: 'Etc/UTC',
      isAdmin: false,
      isOwner: false,
      isBot: false,
      deleted: false,
      ...setup,
    };
    this.users.set(user.id, user);
    return user;
  }

  addChannel(setup: ChannelSetup): Channel {
    const members = setup.members ?? [...this.users.keys()].filter((id) => id !== SLACKBOT);
    const channel: Channel = {
      id: `C0${idFrom(setup.name)}`,
      kind: 'public',
      archived: false,
      general: false,
      topic: '',
      ...setup,
      members: new Set(members.map((member) => this.user(member).id)),
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** The user of that id or name. @throws when a test names nobody. */
  user(idOrName: string): User {
    const named = [...this.users.values()].find((user) => user.name === idOrName);
    const user = this.users.get(idOrName) ?? named;
    if (user === undefined) throw new Error(`fake slack: there is no user ${idOrName}`);
    return user;
  }

  /** The channel of that id or name. @throws when a test names none. */
  channel(idOrName: string): Channel {
    const channel = this.findChannel(idOrName);
    if (channel === undefined) throw new Error(`fake slack: there is no channel ${idOrName}`);
    return channel;
  }

  findChannel(idOrName: string): Channel | undefined {
    const name = idOrName.replace(/^#/, '');
    return (
      this.channels.get(idOrName) ?? [...this.channels.values()].find((one) => one.name === name)
    );
  }

  /** The direct-message channel between the bot and one person, opened when there is none. */
  im(userId: string): Channel {
    const id = `D0${this.user(userId).id.slice(2)}`;
    const name = this.user(userId).name;
    const members = [userId, this.app.botUserId];
    return (
      this.channels.get(id) ?? this.addChannel({ id, name: `dm-${name}`, kind: 'im', members })
    );
  }

  botIn(channel: Channel): boolean {
    return channel.members.has(this.app.botUserId);
  }

  /** Whether the app may know that the channel exists: members see it, and all see public ones. */
  botSees(channel: Channel): boolean {
    return channel.kind === 'public' || this.botIn(channel);
  }
}

const idFrom = (name: string) => name.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** How people and channels are shown; an id that nobody has shows as itself. */
export function namesIn(workspace: Workspace) {
  return {
    user: (id: string) => workspace.users.get(id)?.name ?? id,
    channel: (id: string) => workspace.channels.get(id)?.name ?? id,
  };
}
