/** Day and night: as the system has it, until somebody says otherwise; that is remembered where the browser lets us. */

const KEY = 'afterglow-light';
type Light = 'day' | 'night';

/** @param onChange called when the colours have changed */
export function createLight(button: HTMLButtonElement, onChange: () => void): { change(): void } {
  const system = window.matchMedia('(prefers-color-scheme: light)');
  let said = remembered();
  const now = (): Light => said ?? (system.matches ? 'day' : 'night');

  function apply(): void {
    document.documentElement.dataset.light = now();
    button.textContent = now() === 'day' ? 'night' : 'day';
    onChange();
  }
  function change(): void {
    said = now() === 'day' ? 'night' : 'day';
    remember(said);
    apply();
  }
  button.addEventListener('click', change);
  system.addEventListener('change', apply);
  apply();
  return { change };
}

function remembered(): Light | null {
  try {
    const text = window.localStorage.getItem(KEY);
    return text === 'day' || text === 'night' ? text : null;
  } catch {
    return null;
  }
}

function remember(light: Light): void {
  try {
    window.localStorage.setItem(KEY, light);
  } catch {
    // A page from a disk may have nowhere to keep it.
  }
}
