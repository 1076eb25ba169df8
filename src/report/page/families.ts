/** The families as a page works with them: in order, by name, and as styles. */
import type { ShownFamily } from '../families.ts';

export interface Families {
  readonly ids: readonly string[];
  /** From 0; what is unknown comes last. */
  order(id: string): number;
  singular(id: string): string;
  plural(id: string): string;
}

export function createFamilies(list: readonly ShownFamily[]): Families {
  const byId = new Map(list.map((family, order) => [family.id, { ...family, order }]));
  return {
    ids: list.map(({ id }) => id),
    order: (id) => byId.get(id)?.order ?? list.length,
    singular: (id) => byId.get(id)?.singular ?? id,
    plural: (id) => byId.get(id)?.plural ?? id,
  };
}

/** The custom property that holds a family's colour of the theme. */
export function colourProperty(id: string): string {
  return `family-${id}`;
}

/** Gives the page each family's colour, and every element with its `data-family` that colour as `--pigment`. */
export function styleFamilies(list: readonly ShownFamily[]): void {
  const colours = (theme: keyof ShownFamily['colour']) =>
    list.map(({ id, colour }) => `--${colourProperty(id)}: ${colour[theme]};`).join(' ');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    [
      `:root { ${colours('dark')} }`,
      `:root[data-theme="light"] { ${colours('light')} }`,
      ...list.map(({ id }) => `[data-family="${id}"] { --pigment: var(--${colourProperty(id)}); }`),
    ].join('\n'),
  );
  document.adoptedStyleSheets = [sheet];
}
