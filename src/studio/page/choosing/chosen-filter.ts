/** The switch that shows only what curate chose; it is the first choice wherever something was chosen. */
import { byId } from '../../../report/page/element.ts';
import type { PaletteAnswer } from '../../protocol.ts';

export interface ChosenFilter {
  isOn(): boolean;
  /** Turns it on once something is chosen, unless somebody has set it. */
  offer(palette: PaletteAnswer): void;
  /** Says how many there are. @param offered how many are shown where it is on: what was chosen, and what is new */
  count(palette: PaletteAnswer, offered: number): void;
  clear(): void;
}

export function createChosenFilter(onChange: () => void): ChosenFilter {
  const button = byId('chosen');
  let isSet = false;
  const isOn = () => button.getAttribute('aria-pressed') === 'true';
  const set = (is: boolean) => button.setAttribute('aria-pressed', String(is));
  const choose = (is: boolean) => {
    isSet = true;
    set(is);
    onChange();
  };
  button.addEventListener('click', () => choose(!isOn()));
  byId('show-all').addEventListener('click', () => choose(false));
  return {
    isOn,
    offer({ textures }) {
      const count = textures.filter(({ rank }) => rank !== null).length;
      button.hidden = count === 0;
      if (count === 0 || !isSet) set(count > 0);
    },
    count({ textures }, offered) {
      const chosen = textures.filter(({ rank }) => rank !== null).length;
      const fresh = offered - chosen;
      button.querySelector('span')!.textContent = fresh > 0 ? `${chosen} + ${fresh} new` : String(chosen);
    },
    clear() {
      isSet = true;
      set(false);
    },
  };
}
