/**
 * Discord's error answers: an HTTP status, a JSON code and message, and for an invalid form the
 * tree that names each bad field.
 *
 * https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
 * https://discord.com/developers/docs/reference#error-messages
 */
import type { z } from 'zod';

interface Leaf {
  readonly code: string;
  readonly message: string;
}

interface Branch {
  readonly leaves: Leaf[];
  readonly children: Map<string, Branch>;
}

export class DiscordError extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, code: number, message: string, errors?: object) {
    super(message);
    this.status = status;
    this.body = errors === undefined ? { message, code } : { message, code, errors };
  }
}

export const unauthorized = () => new DiscordError(401, 0, '401: Unauthorized');
export const notFound = () => new DiscordError(404, 0, '404: Not Found');
export const invalidJson = () =>
  new DiscordError(400, 50109, 'The request body contains invalid JSON.');
export const unknownChannel = () => new DiscordError(404, 10003, 'Unknown Channel');
export const unknownGuild = () => new DiscordError(404, 10004, 'Unknown Guild');
export const unknownMember = () => new DiscordError(404, 10007, 'Unknown Member');
export const unknownMessage = () => new DiscordError(404, 10008, 'Unknown Message');
export const unknownUser = () => new DiscordError(404, 10013, 'Unknown User');
export const unknownWebhook = () => new DiscordError(404, 10015, 'Unknown Webhook');
export const unknownInteraction = () => new DiscordError(404, 10062, 'Unknown interaction');
export const unknownCommand = () => new DiscordError(404, 10063, 'Unknown application command');
export const notThisApplication = () =>
  new DiscordError(403, 20012, 'You are not authorized to perform this action on this application');
export const tooManyCommands = () =>
  new DiscordError(400, 30032, 'Maximum number of application commands reached (100)');
export const alreadyAcknowledged = () =>
  new DiscordError(400, 40060, 'Interaction has already been acknowledged.');
export const missingAccess = () => new DiscordError(403, 50001, 'Missing Access');
export const notYourMessage = () =>
  new DiscordError(403, 50005, 'Cannot edit a message authored by another user');
export const emptyMessage = () => new DiscordError(400, 50006, 'Cannot send an empty message');
export const cannotDm = () => new DiscordError(403, 50007, 'Cannot send messages to this user');
export const missingPermissions = () => new DiscordError(403, 50013, 'Missing Permissions');
export const invalidWebhookToken = () => new DiscordError(401, 50027, 'Invalid Webhook Token');
export const invalidRecipients = () => new DiscordError(400, 50033, 'Invalid Recipient(s)');

export const threadAlreadyThere = () =>
  new DiscordError(400, 160004, 'A thread has already been created for this message');

/** One bad field that zod did not find, in zod's own shape so that both go the same way. */
export function badField(path: PropertyKey[], code: string, message: string): z.core.$ZodIssue {
  return { code: 'custom', path, message, params: { code }, input: undefined };
}

/** Error 50035 with the tree of what is wrong where; `prefix` is where the checked value sits. */
export function invalidForm(
  issues: readonly z.core.$ZodIssue[],
  prefix: readonly string[] = [],
): DiscordError {
  const root: Branch = { leaves: [], children: new Map() };
  for (const issue of issues) {
    let branch = root;
    for (const key of [...prefix, ...issue.path]) {
      const next = branch.children.get(String(key)) ?? { leaves: [], children: new Map() };
      branch.children.set(String(key), next);
      branch = next;
    }
    branch.leaves.push(leafOf(issue));
  }
  return new DiscordError(400, 50035, 'Invalid Form Body', treeOf(root));
}

function treeOf(branch: Branch): object {
  const children = [...branch.children].map(([key, child]) => [key, treeOf(child)]);
  const own = branch.leaves.length > 0 ? { _errors: branch.leaves } : {};
  return { ...Object.fromEntries(children), ...own };
}

function leafOf(issue: z.core.$ZodIssue): Leaf {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'array'
        ? { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` }
        : {
            code: 'NUMBER_TYPE_MAX',
            message: `int value should be less than or equal to ${issue.maximum}.`,
          };
    case 'too_small':
      return issue.origin === 'array'
        ? { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${issue.minimum} or more in length.` }
        : {
            code: 'NUMBER_TYPE_MIN',
            message: `int value should be greater than or equal to ${issue.minimum}.`,
          };
    case 'invalid_type':
      return issue.input === undefined || issue.input === null
        ? { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
        : { code: 'BASE_TYPE_INVALID', message: `This field must be a ${issue.expected}.` };
    case 'invalid_value':
      return {
        code: 'BASE_TYPE_CHOICES',
        message: `Value must be one of {${issue.values.map(String).join(', ')}}.`,
      };
    case 'invalid_union':
      return {
        code: 'UNION_TYPE_CHOICES',
        message: 'Value of this field is not one of the types allowed here.',
      };
    case 'invalid_format':
      return {
        code: 'STRING_TYPE_REGEX',
        message: 'String value did not match validation regex.',
      };
    case 'custom': {
      const { code }: { code?: unknown } = issue.params ?? {};
      return {
        code: typeof code === 'string' ? code : 'BASE_TYPE_INVALID',
        message: issue.message,
      };
    }
    default:
      return { code: 'BASE_TYPE_INVALID', message: issue.message };
  }
}
