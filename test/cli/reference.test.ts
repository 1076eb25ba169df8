import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { commandReference } from '../../src/cli/reference.ts';

const written = readFileSync(new URL('../../docs/CLI.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');

it('docs/CLI.md says what the program parses', () => {
  // If this fails: npm run docs
  expect(written).toBe(commandReference());
});

it('has every command in a section that names all of its flags', () => {
  const sections = written.split('\n### ').slice(1);
  for (const command of createProgram().commands) {
    const section = sections.find((text) => text.includes(`\n- \`afterglow ${command.name()} `));
    expect(section, command.name()).toBeDefined();
    const missing = command.options.filter(({ long }) => !new RegExp(`\`${long}[ \`]`).test(section!));
    expect(
      missing.map(({ flags }) => flags),
      command.name(),
    ).toEqual([]);
  }
});
