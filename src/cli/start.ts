/** Starts the program from its one text; see `platform/node/program.ts`. */
import './v8-flags.ts';
import { loadProgram } from '../platform/node/program.ts';

const { load } = await loadProgram('main');
const { main } = (await load()) as typeof import('./main.ts');
await main(process.argv);
