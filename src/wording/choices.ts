/** Why curate took textures, and left others out. */
import { stemOf } from '../curation/texture-path.ts';
import type { ChosenOne, NotChosenOne } from '../palette/choose.ts';
import { counted } from './counted.ts';

/** Behind the name of a texture that was taken. */
export function whyTaken(one: ChosenOne): string {
  const near = nearness(one);
  const place = one.decision.decision === 'keep' ? 'kept by hand' : near === '' ? 'the best' : near;
  return `${place}; ${qualityText(one)}`;
}

const WHY_NOT_CHOSEN: Readonly<Record<NotChosenOne['why'], (one: NotChosenOne) => string>> = {
  rejected: () => 'rejected by hand',
  unreadable: () => 'cannot be read',
  grade: ({ texture }) => `grade ${texture.grade}: ${texture.gradeReasons.join('; ')}`,
  'near-copy': (one) => `a near-copy, ${nearness(one)}; ${qualityText(one)}`,
  outdone: (one) => `outdone${one.nearest ? `, ${nearness(one)}` : ''}; ${qualityText(one)}`,
};

/** Behind the name of one that was not. */
export function whyNotChosen(one: NotChosenOne): string {
  return WHY_NOT_CHOSEN[one.why](one);
}

/** How far it is from the chosen one that it is most like; empty where it was held against none. */
function nearness({ nearest }: ChosenOne | NotChosenOne): string {
  return nearest ? `${nearest.distance.toFixed(2)} from ${stemOf(nearest.path)}` : '';
}

function qualityText({ quality, decision }: ChosenOne | NotChosenOne): string {
  const parts = Object.entries(quality.parts).map(([part, value]) => `${part} ${value.toFixed(2)}`);
  const stars = decision.stars ? `, ${counted(decision.stars, 'star')}` : '';
  return `quality ${quality.quality.toFixed(2)}${stars} (${parts.join(', ')})`;
}
