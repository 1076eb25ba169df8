import { spelledForOthers } from '../archive/json-names.ts';

/** One JSON document on stdout, its keys spelled as docs/JSON.md has them. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(spelledForOthers(document), null, 2)}\n`);
}
