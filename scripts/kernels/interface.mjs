/**
 * What the compiler knows of the kernels: where the fields of each struct lie, and what each exported function takes. So
 * both are written down in assembly/ alone.
 */

const SCALARS = new Set(['f32', 'f64', 'i32', 'bool', 'void']);
/** Kinds of arrays, as assembly/types.ts names them. */
const ARRAYS = new Set(['Floats', 'Doubles', 'Integers', 'Bytes']);

/** A transform of the AssemblyScript compiler, and what it has found when that is done. */
export function interfaceReader() {
  const found = { structs: [], functions: [] };
  class ReadInterface {
    afterCompile() {
      for (const [name, element] of this.program.elementsByName) {
        // As `filter/runTwoSections`; the library's own begin with `~`, and have no file where they are known everywhere.
        const [, file, own] = /^([\w-]+)\/(\w+)$/.exec(name) ?? [];
        // What index.ts adds of its own is the memory's affair.
        if (file === undefined || file === 'index') continue;
        const instance = element.instances?.get('');
        if (!instance) continue;
        if (instance.members && instance.nextMemoryOffset > 0) found.structs.push(structOf(own, instance));
        else if (isExported(element)) found.functions.push(functionOf(own, element.declaration, instance));
      }
    }
  }
  return { transform: ReadInterface, found };
}

function isExported({ declaration, program }) {
  if (!declaration?.signature || !program) return false;
  // CommonFlags.Export, of what index.ts passes on.
  const index = program.filesByName.get('index');
  return [...(index.exports?.values() ?? [])].some((exported) => exported.declaration === declaration);
}

function structOf(name, instance) {
  const fields = [...instance.members.values()]
    .filter((member) => member.instance?.memoryOffset >= 0)
    .map((member) => ({
      name: member.name,
      type: typeName(member.instance.declaration.type, name),
      offset: member.instance.memoryOffset,
    }));
  return { name, size: instance.nextMemoryOffset, fields };
}

function functionOf(name, declaration, instance) {
  const { parameters, returnType } = declaration.signature;
  return {
    name,
    comment: commentBefore(declaration),
    parameters: parameters.map((parameter) => ({
      name: parameter.name.text,
      type: typeName(parameter.type, name),
    })),
    returns: instance.signature.returnType.toString() === 'void' ? 'void' : typeName(returnType, name),
  };
}

function typeName(node, where) {
  const name = node.name.identifier.text;
  if (name === 'usize' || name === 'isize') {
    throw new Error(`${where} takes a bare address; say in its type what lies there (assembly/types.ts).`);
  }
  return name;
}

/** The comment above a declaration. */
function commentBefore(declaration) {
  const before = declaration.range.source.text.slice(0, declaration.range.start);
  return (
    /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*(?:export\s*)?$/.exec(before)?.[0].replace(/\s*(?:export\s*)?$/, '') ??
    ''
  );
}

/** The type of a parameter or a field in TypeScript. */
export function typeScriptOf(type) {
  if (type === 'void') return 'void';
  if (type === 'bool') return 'boolean';
  if (SCALARS.has(type)) return 'number';
  return ARRAYS.has(type) ? `Kernel${type}` : `KernelStruct<'${type}'>`;
}

export const isAddress = (type) => !SCALARS.has(type);
