import * as z from 'zod';

/** Two keys of a section of which the first may not exceed (`less`: must stay below) the second. */
export type OrderedPair<Key extends string> = readonly [low: Key, high: Key, strictness?: 'less'];

/** What a cross-check says about itself in a zod issue's `params`. */
export interface OrderFault {
  readonly low: string;
  readonly high: string;
  readonly strictly: boolean;
}

/**
 * A section of the config: its keys, and the pairs of them that must be in order. A section that is
 * missing takes its defaults.
 */
export function section<Shape extends z.core.$ZodLooseShape>(
  description: string,
  shape: Shape,
  pairs: readonly OrderedPair<keyof Shape & string>[] = [],
) {
  const object = z.strictObject(shape).superRefine((values, context) => {
    for (const [low, high, strictness] of pairs) {
      const lowValue = (values as Record<string, unknown>)[low];
      const highValue = (values as Record<string, unknown>)[high];
      if (typeof lowValue !== 'number' || typeof highValue !== 'number') continue;
      const strictly = strictness === 'less';
      if (lowValue < highValue || (lowValue === highValue && !strictly)) continue;
      const params: OrderFault = { low, high, strictly };
      context.addIssue({ code: 'custom', path: [low], params: { ...params } });
    }
  });
  return object.prefault({} as z.input<typeof object>).meta({ description });
}
