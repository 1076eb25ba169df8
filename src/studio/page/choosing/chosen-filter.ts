/** The switch that shows only what curate chose; it is the first choice wherever something was chosen. */
import { byId } from '../../../report/page/element.ts';
import type { PaletteAnswer } from '../../protocol.ts';

export interface ChosenFilter {
  isOn(): boolean;
  /** Turns it on once something is chosen, unless somebody has set it. */
  offer(palette: PaletteAnswer): void;
  clear(): void;
}

export function createChosenFilter(onChange: () => void): ChosenFilter {
  const button = byId('chosen');
  let isSet = false;
  const isOn = () => button.getAttribute('aria-pressed') === 'true';
  const set = (is: boolean) => button.setAttribute('aria-pressed', String(is));
  button.addEventListener('click', () => {
    isSet = true;
    set(!isOn());
    onChange();
  });
  return {
    isOn,
    offer({ textures }) {
      const count = textures.filter(({ rank }) => rank !== null).length;
      button.hidden = count === 0;
      button.querySelector('span')!.textContent = String(count);
      if (count === 0 || !isSet) set(count > 0);
    },
    clear() {
      isSet = true;
      set(false);
    },
  };
}
