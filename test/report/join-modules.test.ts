import { expect, it } from 'vitest';
import { joinModules } from '../../src/report/join-modules.ts';

const MODULES: Record<string, string> = {
  'room/page/main.js': "import { a } from './a.js';\nimport {\n  b,\n} from '../b.js';\na(b);\nexport {};\n",
  'room/page/a.js': "import { b } from '../b.js';\nexport function a(x) {\n  return x + b;\n}\n",
  'room/b.js': "/** Of b: import { x } from 'y'; */\nexport const b = 2;\nexport async function c() {}\n",
};

it('puts what is imported first, once, and runs as one script', async () => {
  const code = await joinModules('room/page/main.js', async (path) => MODULES[path]);
  expect(code).not.toMatch(/^(import|export)/m);
  expect(code.match(/const b = 2/g)).toHaveLength(1);
  expect(new Function(`${code.replace('a(b);', 'return a(b);')}`)()).toBe(4);
});
