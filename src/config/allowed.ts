import type { SettingNode } from './json-schema.ts';

/** What a setting may be, as the end of the sentence "it must be …". */
export function describeAllowed(node: SettingNode): string {
  if (node.anyOf) return either(node.anyOf.map(describeAllowed));
  if (node.enum) return either(node.enum.map(String));
  if (node.const !== undefined) return String(node.const);
  switch (node.type) {
    case 'number':
      return `a number ${bounds(node)}`;
    case 'integer':
      return `a whole number ${bounds(node)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list of ${describeItems(node.items!)}${node.minItems ? ', at least one' : ''}`;
    case 'object':
      return 'a section of keys, indented below it';
    case 'null':
      return 'null';
    default:
      return node.title ?? 'text';
  }
}

function describeItems(item: SettingNode): string {
  return item.type === 'number' ? `numbers ${bounds(item)}` : describeAllowed(item);
}

function bounds(node: SettingNode): string {
  return node.exclusiveMinimum === undefined
    ? `from ${node.minimum} to ${node.maximum}`
    : `greater than ${node.exclusiveMinimum} and less than ${node.exclusiveMaximum}`;
}

function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
