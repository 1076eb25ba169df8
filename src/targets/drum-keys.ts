/** Drums on the keys of General MIDI's percussion map (General MIDI 1, MMA/AMEI 1991: notes 35 to 81). */

/** What decides a drum's key. */
export interface DrumHit {
  /** kick, snare, hat, cymbal; anything else is perc. */
  readonly kind: string;
  readonly frameCount: number;
  readonly sampleRate: number;
}

/** The usual key of a kind first. A third kick joins the first, and so on. */
const KEYS: Record<string, readonly number[]> = {
  kick: [36, 35],
  snare: [38, 40],
  'closed hat': [42, 44],
  'open hat': [46],
  cymbal: [49, 51, 57, 59, 55, 52, 53],
  /** High bongo to open triangle. */
  perc: Array.from({ length: 22 }, (_, i) => 60 + i),
};

/** A closed hat is over before this; open ones ring on. */
const LONGEST_CLOSED_HAT_SEC = 0.25;

/** The key of each hit, in their order: of each kind the first on its first key, the next on its next. */
export function drumKeys(hits: readonly DrumHit[]): number[] {
  const counts = new Map<readonly number[], number>();
  return hits.map((hit) => {
    const keys = KEYS[nameOf(hit)] ?? KEYS.perc;
    const before = counts.get(keys) ?? 0;
    counts.set(keys, before + 1);
    return keys[before % keys.length];
  });
}

function nameOf({ kind, frameCount, sampleRate }: DrumHit): string {
  if (kind !== 'hat') return kind;
  return frameCount / sampleRate <= LONGEST_CLOSED_HAT_SEC ? 'closed hat' : 'open hat';
}
