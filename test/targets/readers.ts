/** Readers of instrument texts, written apart from the writers. */

/** The regions of an SFZ with what they take from their group; opcodes as text. */
export function readSfz(text: string): Record<string, string>[] {
  const regions: Record<string, string>[] = [];
  let group: Record<string, string> = {};
  let current: Record<string, string> | null = null;
  const tokens = text
    .split('\n')
    .map((line) => line.replace(/\/\/.*/, ''))
    .join(' ')
    // A value runs on to the next opcode or header.
    .matchAll(/<(\w+)>|([a-z_0-9]+)=(.*?)(?=\s+(?:<|[a-z_0-9]+=)|\s*$)/g);
  for (const [, header, opcode, value] of tokens) {
    if (header === 'control') {
      current = {};
    } else if (header === 'group') {
      group = {};
      current = group;
    } else if (header === 'region') {
      current = { ...group };
      regions.push(current);
    } else if (header) {
      throw new Error(`unknown header <${header}>`);
    } else if (current) {
      if (opcode in current) throw new Error(`${opcode} twice`);
      current[opcode] = value;
    } else {
      throw new Error(`${opcode} before any header`);
    }
  }
  return regions;
}

export interface XmlNode {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlNode[];
  /** What stands in it beside elements. */
  text: string;
}

/** The elements of a name below another, however deep, in their order. */
export function elementsOf(node: XmlNode, name: string): XmlNode[] {
  const own = node.children.filter((child) => child.name === name);
  return [...own, ...node.children.flatMap((child) => elementsOf(child, name))];
}

/** The text of the only child of a name. */
export function textOf(node: XmlNode, name: string): string {
  const own = node.children.filter((child) => child.name === name);
  if (own.length !== 1) throw new Error(`${own.length} of ${name} in ${node.name}`);
  return own[0].text.trim();
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A strict reader of XML without comments, CDATA and processing instructions. */
export function readXml(text: string): XmlNode {
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  if (!text.startsWith(head)) throw new Error('no XML declaration');
  const top: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  let rest = text.slice(head.length);
  while (rest !== '') {
    const [whole, closes, name, attributes, ends] =
      /^<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w-]*="[^"<]*")*)\s*(\/?)>/.exec(rest) ?? [];
    if (whole === undefined) {
      const [textual] = /^[^<]+/.exec(rest) ?? [];
      if (textual === undefined) throw new Error(`malformed at ${rest.slice(0, 40)}`);
      open.at(-1)!.text += unescaped(textual);
      rest = rest.slice(textual.length);
      continue;
    }
    rest = rest.slice(whole.length);
    if (closes) {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes another element`);
      continue;
    }
    const node: XmlNode = { name, attributes: {}, children: [], text: '' };
    for (const [, key, value] of attributes.matchAll(/([\w-]+)="([^"]*)"/g)) {
      if (key in node.attributes) throw new Error(`${key} twice`);
      node.attributes[key] = unescaped(value);
    }
    open.at(-1)!.children.push(node);
    if (!ends) open.push(node);
  }
  if (open.length !== 1 || top.children.length !== 1) throw new Error('not one whole element');
  return top.children[0];
}

function unescaped(text: string): string {
  return text.replace(/&(\w*;?)/g, (_, entity: string) => {
    const character = ENTITIES[entity.replace(/;$/, '')];
    if (!character || !entity.endsWith(';')) throw new Error(`unknown entity &${entity}`);
    return character;
  });
}
