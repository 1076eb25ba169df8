/**
 * The panel of a .dspreset: attack, release, tone and level, by the elements that its guide documents.
 * https://decentsampler-developers-guide.readthedocs.io/en/stable/the-ui-element.html
 */
import { xmlElement } from '../xml.ts';

/** Seconds. */
export interface Envelope {
  readonly attack: number;
  readonly release: number;
}

/** The effect that the tone knob turns: the first, and only one, of the instrument. */
export const TONE = xmlElement('effect', { type: 'lowpass', resonance: 0.7, frequency: 22_000 });

/** The tone knob to the low-pass, Hz: even steps to the ear, and wide open at its end. */
const TONE_TABLE = '0,100;0.25,400;0.5,1600;0.75,6400;1,22000';
const KNOB = { width: 110, left: 60, apart: 180, top: 110 };

/** @param title what the instrument is called */
export function panel(title: string, { attack, release }: Envelope): string {
  const amp = (parameter: string) => binding({ type: 'amp', parameter });
  const tone = binding({
    type: 'effect',
    parameter: 'FX_FILTER_FREQUENCY',
    translation: 'table',
    translationTable: TONE_TABLE,
  });
  const knobs = [
    { label: 'Attack', most: 4, value: attack, turns: amp('ENV_ATTACK') },
    { label: 'Release', most: Math.max(10, release), value: release, turns: amp('ENV_RELEASE') },
    { label: 'Tone', most: 1, value: 1, turns: tone },
    { label: 'Level', most: 1, value: 1, turns: amp('AMP_VOLUME') },
  ];
  const heading = xmlElement('label', {
    x: KNOB.left,
    y: 30,
    width: 692,
    height: 40,
    text: title,
    textSize: 20,
  });
  return xmlElement('ui', { width: 812, height: 375 }, [
    xmlElement('tab', { name: 'main' }, [heading, ...knobs.map(knobElement)]),
  ]);
}

interface Knob {
  readonly label: string;
  readonly most: number;
  readonly value: number;
  /** Its binding. */
  readonly turns: string;
}

function knobElement({ label, most, value, turns }: Knob, index: number): string {
  const place = { x: KNOB.left + index * KNOB.apart, y: KNOB.top, width: KNOB.width };
  const range = { type: 'float', minValue: 0, maxValue: most, value };
  return xmlElement('labeled-knob', { ...place, textSize: 16, label, ...range }, [turns]);
}

function binding(attributes: Readonly<Record<string, string>>): string {
  return xmlElement('binding', { level: 'instrument', position: 0, ...attributes });
}
