/** What a device calls the places that sounds go to; where it has no names of its own, they are numbered. */
const SLOTS: Readonly<Record<string, readonly string[]>> = {
  tr8s: ['BD', 'SD', 'LT', 'MT', 'HT', 'RS', 'HC', 'CH', 'OH', 'CC', 'RC'],
  sp404mk2: numbered(16, (number) => `pad ${number}`),
  mpc: numbered(16, (number) => `A${String(number).padStart(2, '0')}`),
  digitakt: numbered(8, (number) => `T${number}`),
  digitakt2: numbered(16, (number) => `T${number}`),
  octatrack: numbered(8, (number) => `T${number}`),
  blackbox: numbered(16, (number) => `pad ${number}`),
  ep133: numbered(12, (number) => `A${number}`),
  m8: numbered(16, (number) => (number - 1).toString(16).toUpperCase().padStart(2, '0')),
  'polyend-tracker': numbered(16, (number) => String(number).padStart(2, '0')),
};
const PLAIN = 12;

/** @param place from 0; beyond the device's own places it goes on with numbers */
export function slotName(profile: string, place: number): string {
  return SLOTS[profile]?.[place] ?? String(place + 1);
}

/** How many places are shown at first. */
export function slotCount(profile: string): number {
  return SLOTS[profile]?.length ?? PLAIN;
}

function numbered(count: number, name: (number: number) => string): string[] {
  return Array.from({ length: count }, (_, i) => name(i + 1));
}
