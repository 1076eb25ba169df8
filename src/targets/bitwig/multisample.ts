/**
 * The open .multisample format of Bitwig and PreSonus: a ZIP of WAV files and this multisample.xml, by its
 * published schema. https://github.com/bitwig/multisample
 */
import { xmlDocument, xmlElement, xmlText } from '../xml.ts';
import type { Instrument, Zone } from '../zones.ts';

/** The name of the XML inside the ZIP. */
export const MULTISAMPLE_XML = 'multisample.xml';

/** The text of multisample.xml; the samples lie beside it. */
export function multisampleText({ category, groups }: Instrument, name: string): string {
  return xmlDocument(
    xmlElement('multisample', { name }, [
      xmlText('generator', 'afterglow-engine'),
      xmlText('category', category),
      xmlText('creator', ''),
      xmlText('description', ''),
      ...groups.map((group) => xmlElement('group', { name: group.name })),
      ...groups.flatMap((group, index) =>
        group.zones.map((zone) => sampleElement(zone, index, group.isOneShot)),
      ),
    ]),
  );
}

/** Stops are exclusive: their default is the file's length. */
function sampleElement(zone: Zone, group: number, isOneShot: boolean): string {
  const { sample, turn } = zone;
  const loops = sample.isLoop && !isOneShot;
  return xmlElement(
    'sample',
    {
      file: sample.file,
      'sample-start': 0,
      'sample-stop': sample.frameCount,
      gain: decimals(zone.gainDb),
      group,
      'zone-logic': turn.of > 1 ? 'round-robin' : 'always-play',
    },
    [
      xmlElement('key', {
        low: zone.lowKey,
        high: zone.highKey,
        root: zone.rootKey,
        track: zone.tracksKeys ? 1 : 0,
        tune: decimals(zone.tuneCents / 100),
      }),
      xmlElement('velocity', { low: zone.lowVelocity, high: zone.highVelocity }),
      xmlElement('select', {}),
      xmlElement('loop', { mode: loops ? 'loop' : 'off', start: 0, stop: sample.frameCount }),
    ],
  );
}

function decimals(value: number): string {
  return (Math.round(value * 1000) / 1000 + 0).toFixed(3);
}
