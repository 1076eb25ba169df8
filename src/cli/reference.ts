import type { Argument, Command, Option } from 'commander';
import { createProgram, ENVIRONMENT, EXIT_MEANINGS } from './program.ts';

/** A flag that means the same in at least so many commands stands in one table for all of them. */
const SHARED_BY = 3;

const HEAD = `<!-- Written by scripts/generate-docs.mjs from src/cli/program.ts. Do not edit: change the code and run npm run docs. -->

# Commands and flags

\`afterglow COMMAND [FLAGS]\`. \`afterglow help COMMAND\` prints the same in the terminal. Several phases run together when
you name them in one call: \`afterglow mine-pads make-hiss\`. Settings, which say how textures sound, are in
[CONFIGURATION.md](CONFIGURATION.md); messages are in [ERRORS-AND-LOGS.md](ERRORS-AND-LOGS.md).`;

/** docs/CLI.md: every command and flag, written from what the program itself parses. */
export function commandReference(): string {
  const { commands } = createProgram();
  const groups = grouped(commands, (command) => command.helpGroup());
  const shared = sharedFlags(commands);
  const sections = [...grouped(commands, (command) => sectionBody(command, shared).join('\n\n')).values()];
  const headingOf = new Map(
    sections.flatMap((members) => members.map((command) => [command.name(), headingFor(members)])),
  );
  const overview = [...groups].flatMap(([heading, members]) => [
    `### ${heading.replace(/:$/, '')}`,
    table(
      ['command', 'does'],
      members.map((command) => [
        `[${code(command.name())}](#${anchorOf(headingOf.get(command.name())!)})`,
        command.description(),
      ]),
    ),
  ]);
  return `${[
    HEAD,
    '## Commands',
    ...overview,
    ...sections.flatMap((members) => [
      `### ${headingFor(members)}`,
      members.map(synopsis).join('\n'),
      ...sectionBody(members[0], shared),
    ]),
    '## Flags of several commands',
    table(['flag', 'means'], shared.map(flagRow)),
    '## Environment',
    table(
      ['variable', 'means'],
      ENVIRONMENT.map(([name, meaning]) => [code(name), meaning]),
    ),
    '## Exit codes',
    table(
      ['code', 'means'],
      EXIT_MEANINGS.map(([exit, meaning]) => [String(exit), meaning]),
    ),
  ].join('\n\n')}\n`;
}

/** Flags that have the same form and meaning in several commands, in the order in which they are met first. */
function sharedFlags(commands: readonly Command[]): Option[] {
  const all = commands.flatMap(({ options }) => options);
  return [...grouped(all, identityOf).values()]
    .filter((uses) => uses.length >= SHARED_BY)
    .map(([option]) => option);
}

const identityOf = (option: Option) => flagRow(option).join(': ');

/** What a command takes. Commands that take the same share a section. */
function sectionBody(command: Command, shared: readonly Option[]): string[] {
  const identities = new Set(shared.map(identityOf));
  const [others, own] = [true, false].map((isShared) =>
    command.options.filter((option) => identities.has(identityOf(option)) === isShared),
  );
  const rows = [...command.registeredArguments.map(argumentRow), ...own.map(flagRow)];
  return [
    ...(rows.length > 0 ? [table(['argument or flag', 'means'], rows)] : []),
    ...(others.length > 0
      ? [`[Flags of several commands](#flags-of-several-commands): ${others.map(nameOf).join(', ')}.`]
      : []),
  ];
}

const headingFor = (members: readonly Command[]) => members.map((command) => command.name()).join(', ');
/** As GitHub makes it of a heading. */
const anchorOf = (heading: string) => heading.replaceAll(',', '').replaceAll(' ', '-');
const nameOf = ({ long }: Option) => code(long!);

function synopsis(command: Command): string {
  return `- ${code(`afterglow ${command.name()} ${command.usage()}`)}: ${command.description()}`;
}

function argumentRow(argument: Argument): string[] {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  const inherent = argument.defaultValue === undefined ? '' : ` (default: ${String(argument.defaultValue)})`;
  return [code(argument.required ? `<${name}>` : `[${name}]`), `${argument.description}${inherent}`];
}

const flagRow = (option: Option) => [code(option.flags), meaningOf(option)];

/** The description, with what is allowed and the default, as `--help` has them. */
function meaningOf({
  description,
  argChoices,
  defaultValue,
  defaultValueDescription,
  negate,
}: Option): string {
  const facts: string[] = [];
  if (argChoices) facts.push(`one of ${argChoices.map(code).join(', ')}`);
  if (defaultValue !== undefined && !negate) {
    facts.push(`default: ${defaultValueDescription ?? String(defaultValue)}`);
  }
  return facts.length > 0 ? `${description} (${facts.join('; ')})` : description;
}

/** In the order in which each group is met first. */
function grouped<T>(items: readonly T[], groupOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groupOf(item);
    groups.set(group, [...(groups.get(group) ?? []), item]);
  }
  return groups;
}

const code = (text: string) => `\`${text.trim()}\``;

function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(headers), line(headers.map(() => '---')), ...rows.map(line)].join('\n');
}
