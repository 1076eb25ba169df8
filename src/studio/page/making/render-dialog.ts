/** A version of a texture: made again with another seed, length or setting, as far as those act on it. */
import { byId } from '../../../report/page/element.ts';
import type { Texture, VersionOffer } from '../../protocol.ts';
import { getVersionOffer, postRender } from '../backend/api.ts';
import type { Unanswered } from '../backend/backend.ts';
import { createDialog, seedIn } from './dialog.ts';
import { createSettingFields, type SettingFields } from './setting-fields.ts';

export interface RenderDialog {
  /** @param versions that it has already */
  open(texture: Texture, versions: number): Promise<void>;
}

const NOTHING: VersionOffer = { seed: 'never', hasLength: false, settings: [] };

export function createRenderDialog(): RenderDialog {
  const dialog = createDialog('render', () => void start());
  const fields = createSettingFields(byId('render-settings'));
  const length = byId<HTMLInputElement>('render-length');
  let texture: Texture | null = null;
  let offer = NOTHING;

  async function start(): Promise<void> {
    if (!texture) return;
    const { id, title } = texture;
    const seconds = length.value.trim();
    const settings = fields.changed();
    const request = {
      id,
      ...(offer.seed === 'never' ? {} : seedIn('render-seed')),
      ...(seconds === '' ? {} : { lengthSec: Number(seconds) }),
      ...(Object.keys(settings).length === 0 ? {} : { settings }),
    };
    await dialog.send(() => postRender(request), `a version of ${title} is being made`, fields.explained);
  }
  return {
    async open(next, versions) {
      texture = next;
      offer = NOTHING;
      byId('render-of').textContent = next.title;
      length.value = '';
      length.placeholder = next.durationSec.toFixed(2);
      dialog.showProblem('');
      try {
        offer = await getVersionOffer(next.id);
      } catch (error) {
        dialog.showProblem((error as Unanswered).message);
      }
      show(offer, versions, fields);
      dialog.open();
    },
  };
}

/** Another seed is there at once where chance has a part in it: whoever only presses the button hears another one. */
function show({ seed, hasLength, settings }: VersionOffer, versions: number, fields: SettingFields): void {
  byId('render-seed-label').hidden = seed === 'never';
  byId<HTMLInputElement>('render-seed').value = seed === 'never' ? '' : String(versions + 1);
  byId('render-length-label').hidden = !hasLength;
  fields.show(settings);
  byId('render-more').hidden = settings.length === 0;
  byId('render-offer').textContent = offerWords({ seed, hasLength });
}

function offerWords({ seed, hasLength }: Pick<VersionOffer, 'seed' | 'hasLength'>): string {
  const words = {
    always: 'The seed is what chance begins with: each gives another one.',
    sometimes: 'Chance has a part only in some of these; where another seed changes nothing, you are told.',
    never: 'Chance has no part in it, so a seed would change nothing.',
  };
  return `${words[seed]}${hasLength ? '' : ' It is as long as what it was made of.'}`;
}
