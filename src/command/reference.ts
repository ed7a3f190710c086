/** People and channels as a message refers to them: `<@U1|ada>`, `<#C1|papers>` in Slack and Discord, a bare name elsewhere. */

export interface Reference {
  /** The platform's own id. */
  id: string;
  /** As people read it, where it is told. */
  name?: string;
}

const reference = /<([@#])!?([^<>|\s/]+)(?:\|([^<>]*))?>/g;

/** The text with names in the place of references: `@ada`, `#papers`. */
export function named(text: string): string {
  return text.replace(
    reference,
    (_, sign: string, id: string, name?: string) => sign + (name || id),
  );
}

/**
 * The one person (`@`) or channel (`#`) a text names; undefined when it names none, or more. Where messages have
 * references a bare name is nobody's.
 */
export function referenceIn(
  text: string,
  sign: '@' | '#',
  { hasReferences }: { hasReferences?: boolean | undefined },
): Reference | undefined {
  const found = [...text.matchAll(reference)];
  const [first] = found;
  if (first) {
    const [, kind, id = '', name] = first;
    if (found.length > 1 || kind !== sign) return undefined;
    return name ? { id, name } : { id };
  }
  if (hasReferences) return undefined;
  const bare = text.trim().replace(sign, '');
  return /^[^\s<>@#/]+$/.test(bare) ? { id: bare, name: bare } : undefined;
}
