/** Settings as fields that hold what they are; what somebody changes there is sent. */
import { element } from '../../../report/page/element.ts';
import { settingHint, settingTitle, valueWords } from '../../../wording/settings.ts';
import type { Setting } from '../../protocol.ts';

type Field = HTMLInputElement | HTMLSelectElement;

export interface SettingFields {
  /** Instead of those that were there. */
  show(settings: readonly Setting[]): void;
  /** Brings a setting into sight, under the hand; nothing where it is none of them. */
  goTo(setting: Pick<Setting, 'section' | 'key'>): void;
  /** What was changed, by section and key. */
  changed(): Record<string, Record<string, unknown>>;
  /** A complaint about a setting as its label calls it; the field gets the focus. */
  explained(complaint: string): string;
}

export function createSettingFields(box: HTMLElement): SettingFields {
  let all: { readonly setting: Setting; readonly field: Field; readonly before: string }[] = [];
  return {
    show(settings) {
      all = settings.map((setting) => {
        const field = fieldOf(setting);
        return { setting, field, before: field.value };
      });
      box.replaceChildren(...all.map(({ setting, field }) => labelled(setting, field)));
    },
    goTo({ section, key }) {
      const field = all.find(({ setting }) => setting.section === section && setting.key === key)?.field;
      field?.focus();
      field?.closest('label')?.scrollIntoView({ block: 'center' });
      if (field instanceof HTMLInputElement) field.select();
    },
    changed() {
      const changed: Record<string, Record<string, unknown>> = {};
      for (const { setting, field, before } of all) {
        field.removeAttribute('aria-invalid');
        if (field.value === before) continue;
        changed[setting.section] ??= {};
        changed[setting.section][setting.key] = writtenValue(setting, field.value);
      }
      return changed;
    },
    explained(complaint) {
      const about = all.find(({ setting: { section, key } }) => complaint.includes(`${section}.${key}`));
      if (!about) return complaint;
      const { section, key, description } = about.setting;
      about.field.setAttribute('aria-invalid', 'true');
      about.field.focus();
      return complaint
        .replaceAll(new RegExp(`${section}\\.${key}(\\[\\d+\\])?`, 'g'), `“${settingTitle(description)}”`)
        .replace(' is null;', ' is empty;');
    },
  };
}

function labelled({ description, accepts, form }: Setting, field: Field): HTMLElement {
  const label = element('label', { class: 'setting' });
  const said = form.kind === 'switch' || form.kind === 'choice' ? '' : accepts;
  label.append(
    element('span', {}, settingTitle(description)),
    field,
    element('span', { class: 'quiet' }, settingHint(description, said)),
  );
  return label;
}

function fieldOf({ section, key, form, value }: Setting): Field {
  const names = { 'data-section': section, 'data-key': key };
  const options = form.kind === 'choice' ? form.options : form.kind === 'switch' ? [true, false] : null;
  if (options === null) {
    const field = element('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', ...names });
    field.value = typeof value === 'string' ? value : valueWords(value);
    return field;
  }
  const field = element('select', names);
  field.append(...options.map((one) => element('option', { value: String(one) }, valueWords(one))));
  field.value = String(value);
  return field;
}

/** Numbers are numbers, what is left empty is unset, and a list has commas. */
function writtenValue({ form }: Setting, text: string): unknown {
  if (form.kind === 'switch') return text === 'true';
  if (form.kind !== 'list') return oneValue(text);
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(oneValue);
}

function oneValue(text: string): unknown {
  const written = text.trim();
  if (written === '') return null;
  return Number.isNaN(Number(written)) ? written : Number(written);
}
