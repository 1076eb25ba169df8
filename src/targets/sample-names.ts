/**
 * File names for samples, without ending: ASCII letters, digits and `._+-` only, since SFZ takes a space before the next opcode, `=`, `$` and `#` for its own; each once, however file systems
 * take upper and lower case.
 */
export function sampleFileNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = plainName(name);
    let unique = plain;
    for (let count = 2; taken.has(unique.toLowerCase()); count++) unique = `${plain}_${count}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

function plainName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('#', 's')
    .replace(/[^A-Za-z0-9._+-]/g, '_')
    .slice(0, 80)
    .replace(/^[.-]+/, '');
  return plain === '' ? 'sample' : plain;
}
