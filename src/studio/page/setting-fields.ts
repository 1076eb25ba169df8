/** Settings as fields: each empty until somebody writes another value into it. */
import { element } from '../../report/page/element.ts';
import type { Setting } from '../protocol.ts';

export function settingField({ section, key, description, accepts, value }: Setting): HTMLElement {
  const now = typeof value === 'string' ? value : JSON.stringify(value);
  const label = element('label');
  const field = element('input', {
    type: 'text',
    placeholder: now,
    autocomplete: 'off',
    spellcheck: 'false',
    'data-section': section,
    'data-key': key,
  });
  const title = element('span', { class: 'setting' }, key.replaceAll('_', ' '));
  label.append(title, field, element('span', { class: 'quiet' }, `${description} (${accepts})`));
  return label;
}

/** What was written, by section and key: numbers and lists as JSON has them, all else as text. */
export function changedSettings(fields: HTMLElement): Record<string, Record<string, unknown>> {
  const changed: Record<string, Record<string, unknown>> = {};
  for (const field of fields.querySelectorAll('input')) {
    const text = field.value.trim();
    if (text === '') continue;
    const { section = '', key = '' } = field.dataset;
    changed[section] ??= {};
    changed[section][key] = writtenValue(text);
  }
  return changed;
}

function writtenValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
