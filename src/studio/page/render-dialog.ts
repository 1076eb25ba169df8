/** One texture made again, with another seed or length. */
import { byId } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import { postRender } from './api.ts';
import { createDialog, seedIn } from './dialog.ts';

export interface RenderDialog {
  open(texture: Texture): void;
}

export function createRenderDialog(): RenderDialog {
  const dialog = createDialog('render', () => void start());
  const length = byId<HTMLInputElement>('render-length');
  let texture: Texture | null = null;

  async function start(): Promise<void> {
    if (!texture) return;
    const { id, title } = texture;
    const seconds = length.value.trim();
    const request = {
      id,
      ...seedIn('render-seed'),
      ...(seconds === '' ? {} : { lengthSec: Number(seconds) }),
    };
    await dialog.send(() => postRender(request), `${title} is made again.`);
  }
  return {
    open(next) {
      texture = next;
      byId('render-of').textContent = next.title;
      byId<HTMLInputElement>('render-seed').value = '';
      length.value = '';
      length.placeholder = next.durationSec.toFixed(2);
      dialog.showProblem('');
      dialog.open();
    },
  };
}
