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
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A strict reader of XML without comments, CDATA and processing instructions; text is passed over. */
export function readXml(text: string): XmlNode {
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  if (!text.startsWith(head)) throw new Error('no XML declaration');
  const top: XmlNode = { name: '', attributes: {}, children: [] };
  const open = [top];
  let rest = text.slice(head.length);
  while (rest !== '') {
    const [whole, closes, name, attributes, ends] =
      /^<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w-]*="[^"<]*")*)\s*(\/?)>/.exec(rest) ?? [];
    if (whole === undefined) {
      const [textual] = /^[^<]+/.exec(rest) ?? [];
      if (textual === undefined) throw new Error(`malformed at ${rest.slice(0, 40)}`);
      unescaped(textual);
      rest = rest.slice(textual.length);
      continue;
    }
    rest = rest.slice(whole.length);
    if (closes) {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes another element`);
      continue;
    }
    const node: XmlNode = { name, attributes: {}, children: [] };
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
