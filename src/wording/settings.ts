/** Settings as one reads them in a form: by what they do, not as config.yaml calls them. */

/** Where the first clause of a description ends; a decimal point does not. */
const CLAUSE_END = /[.;:](\s|$)|\s\(/;

/** What a setting is, as a label: `Length of a cloud, seconds`. @param description as the config has it */
export function settingTitle(description: string): string {
  return inWords(description.slice(0, clauseLength(description)));
}

/** What else is to be said of it. @param accepts what it may be; empty where the field shows that */
export function settingHint(description: string, accepts: string): string {
  const rest = description.slice(clauseLength(description)).replace(/^[.;:]?\s*/, '');
  const parts = [rest.replace(/\.$/, ''), accepts].filter((part) => part !== '').map(inWords);
  return parts.map((part) => `${part[0].toUpperCase()}${part.slice(1)}.`).join(' ');
}

/** `0, 7, 12`, `yes`, `fixed length`; empty where it is unset. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueWords).join(', ');
  return unfolded(String(value));
}

function clauseLength(description: string): number {
  const end = description.search(CLAUSE_END);
  return end < 0 ? description.length : end;
}

/** What the config writes otherwise than a form, and names of other settings. */
function inWords(text: string): string {
  return unfolded(text)
    .replaceAll(/\bnull\b/g, 'empty')
    .replaceAll(/\btrue\b/g, 'yes')
    .replaceAll(/\bfalse\b/g, 'no');
}

/** `fixed_length` → `fixed length`; of a pattern in braces, nothing. */
function unfolded(text: string): string {
  return text.includes('{') ? text : text.replaceAll(/(?<=\w)_(?=\w)/g, ' ');
}
