import type * as z from 'zod';
import type { Recipe, Zod } from './fields.ts';

/** Two keys of a section of which the first may not exceed (`less`: must stay below) the second. */
export type OrderedPair<Key extends string> = readonly [low: Key, high: Key, strictness?: 'less'];

/** What a cross-check says about itself in a zod issue's `params`. */
export interface OrderFault {
  readonly low: string;
  readonly high: string;
  readonly strictly: boolean;
}

/** Settings by key, or sections by name. */
export type Recipes = Readonly<Record<string, Recipe>>;

/** The schemas that recipes make. */
export type Made<Shape extends Recipes> = { [Key in keyof Shape]: ReturnType<Shape[Key]> };

/** The values that recipes allow, as they are once read. */
export type ValuesOf<Shape extends Recipes> = { [Key in keyof Shape]: z.output<ReturnType<Shape[Key]>> };

/** All of them given zod. */
export function made<Shape extends Recipes>(shape: Shape, zod: Zod): Made<Shape> {
  return Object.fromEntries(Object.entries(shape).map(([key, recipe]) => [key, recipe(zod)])) as Made<Shape>;
}

/**
 * A section of the config: its keys, and the pairs of them that must be in order. A section that is
 * missing takes its defaults.
 */
export function section<Shape extends Recipes>(
  description: string,
  shape: Shape,
  pairs: readonly OrderedPair<keyof Shape & string>[] = [],
) {
  return (zod: Zod) => {
    const object = zod.strictObject(made(shape, zod)).superRefine((values, context) => {
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
  };
}
