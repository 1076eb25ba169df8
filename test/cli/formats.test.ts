import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addChoosing } from '../../src/cli/usage/choosing.ts';
import { INSTRUMENT_FORMATS } from '../../src/palette/instrument.ts';

it('--format offers every target for software samplers', () => {
  const program = new Command();
  addChoosing(program);
  const instrument = program.commands.find((command) => command.name() === 'instrument')!;
  const format = instrument.options.find(({ long }) => long === '--format')!;
  expect(format.argChoices).toEqual([...INSTRUMENT_FORMATS, 'all']);
});
