/** `npm run docs`: writes what is generated from the code: `.env.example` and the README's tables. */
import { readFileSync, writeFileSync } from 'node:fs';
import { commands } from '../../commands/index.ts';
import { argInfo } from '../command/args.ts';
import { type CommandDescription, groups } from '../command/description.ts';
import { variables } from '../config.ts';

/** The README with its two tables as the code has them now. */
export function readmeWithTables(readme: string): string {
  return between(
    between(readme, 'commands', commandTable()),
    'configuration',
    configurationTable(),
  );
}

/** The text of `.env.example`. */
export function envExample(): string {
  const groups = Map.groupBy(variables(), ({ group }) => group);
  const sections = [...groups].map(([group, all]) => {
    const lines = all.map(({ name, describe, default: value, example }) => {
      return `# ${describe}\n# ${name}=${value ?? example ?? ''}`;
    });
    return `## ${group}\n${lines.join('\n')}`;
  });
  return `# Copy to .env and take away the # before what you set. Everything is optional.\n\n${sections.join('\n\n')}\n`;
}

function commandTable(): string {
  const row = ({ name, args, describe, rights }: CommandDescription) => {
    const shown = Object.entries(args).flatMap(([key, schema]) => {
      const { hidden, required, positional } = argInfo(schema);
      if (hidden) return [];
      const word = positional ? `<${key}>` : `${key}:`;
      return required ? [word] : [`[${word}]`];
    });
    const line = ['/paper', name, ...shown].join(' ');
    return `| \`${line}\` | ${describe}${rights === 'manage' ? ' ⚙' : ''} |`;
  };
  const rows = Object.entries(groups).flatMap(([group, heading]) => [
    `| **${heading}** | |`,
    ...commands.filter((each) => each.group === group).map(row),
  ]);
  return ['| command | what it does |', '|---|---|', ...rows].join('\n');
}

function configurationTable(): string {
  const rows = variables().map(
    ({ name, default: value, describe }) =>
      `| \`${name}\` | ${value === undefined ? '' : `\`${value}\``} | ${describe} |`,
  );
  return ['| name | default | what it is |', '|---|---|---|', ...rows].join('\n');
}

function between(text: string, name: string, content: string): string {
  const section = new RegExp(`(<!-- ${name} -->\n).*?(<!-- /${name} -->)`, 's');
  if (!section.test(text)) throw new Error(`README.md has no section ${name}`);
  return text.replace(section, (_, open, close) => `${open}${content}\n${close}`);
}

if (import.meta.main) {
  writeFileSync('.env.example', envExample());
  writeFileSync('README.md', readmeWithTables(readFileSync('README.md', 'utf8')));
}
