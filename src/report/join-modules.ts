/**
 * Joins compiled modules into one script, so that a page needs no second file: what they import comes first, and
 * `import` and `export` fall away. So all of them share one scope; a name that two of them give is a syntax error
 * in the browser, which the tests would show.
 *
 * @param entry path of the module that runs
 * @param read the code at a path, as the compiler wrote it
 */
export async function joinModules(entry: string, read: (path: string) => Promise<string>): Promise<string> {
  const done = new Set<string>();
  const parts: string[] = [];
  const take = async (path: string): Promise<void> => {
    if (done.has(path)) return;
    done.add(path);
    const code = await read(path);
    for (const [, , name] of code.matchAll(IMPORT)) await take(resolved(path, name));
    parts.push(code.replace(IMPORT, '').replace(EXPORT, '').trim());
  };
  await take(entry);
  return `${parts.join('\n')}\n`;
}

/** A whole statement, as the compiler leaves it. */
const IMPORT = /^import\s+(\{[^}]*\}\s+from\s+)?'([^']+)';$/gm;
const EXPORT = /^export (?=(async |)function|const|let|class)|^export \{\};$/gm;

/** The path that a relative name leads to, seen from another path. */
function resolved(from: string, name: string): string {
  const steps = from.split('/').slice(0, -1);
  for (const step of name.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
}
