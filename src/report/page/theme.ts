/** Light or dark: as the system has it, until somebody chooses; that is remembered where the browser allows it. */

const KEY = 'afterglow-theme';
type Theme = 'light' | 'dark';

/**
 * @param button says the other theme, and changes to it
 * @param onChange called when the colours have changed
 */
export function createTheme(button: HTMLButtonElement, onChange: () => void): { change(): void } {
  const system = window.matchMedia('(prefers-color-scheme: light)');
  let chosen = remembered();
  const now = (): Theme => chosen ?? (system.matches ? 'light' : 'dark');
  const other = (): Theme => (now() === 'light' ? 'dark' : 'light');

  function apply(): void {
    document.documentElement.dataset.theme = now();
    button.textContent = other();
    onChange();
  }
  function change(): void {
    chosen = other();
    remember(chosen);
    apply();
  }
  button.addEventListener('click', change);
  system.addEventListener('change', apply);
  apply();
  return { change };
}

function remembered(): Theme | null {
  try {
    const text = window.localStorage.getItem(KEY);
    return text === 'light' || text === 'dark' ? text : null;
  } catch {
    return null;
  }
}

function remember(theme: Theme): void {
  try {
    window.localStorage.setItem(KEY, theme);
  } catch {
    // A page from a disk may have nowhere to keep it.
  }
}
