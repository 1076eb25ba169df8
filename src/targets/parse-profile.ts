/** Device profiles from the text of their files, judged with the target that each names. */
import { ConfigError } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import { deviceTargets, TARGETS, USUAL_DEVICE_TARGET } from './index.ts';
import { SHORTEST_NAME, takesRate } from './limits.ts';
import { type KnownKey, type KnownValue, type Profile, profileShape } from './profile.ts';
import { profileFaults } from './profile-faults.ts';
import type { DeviceTarget, TargetDefinition } from './target.ts';

/**
 * A profile from the text of its file. A user's own may leave its target out: then it is a folder of WAVs.
 * @param shown the file as the user knows it
 * @throws ConfigError that names every fault
 */
export function parseProfile(
  text: string,
  shown: string,
  targets: readonly TargetDefinition[] = TARGETS,
): Profile {
  const given = jsonOf(text, shown);
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  return judged(isObject ? { target: USUAL_DEVICE_TARGET, ...given } : given, shown, targets);
}

/**
 * A profile that comes with the engine, which must name its target.
 * @throws ConfigError that names every fault
 */
export function parseBundledProfile(
  text: string,
  shown: string,
  targets: readonly TargetDefinition[] = TARGETS,
): Profile {
  const given = jsonOf(text, shown);
  if (namesTarget(given)) return judged(given, shown, targets);
  throw new ConfigError(
    `“${shown}” names no target, so nobody knows how to write for its device; add one, such as "target": "${USUAL_DEVICE_TARGET}".`,
  );
}

function namesTarget(given: unknown): given is { readonly target: unknown } {
  return typeof given === 'object' && given !== null && 'target' in given;
}

function judged(given: unknown, shown: string, targets: readonly TargetDefinition[]): Profile {
  const possible = deviceTargets(targets);
  const target = possible.find(({ id }) => namesTarget(given) && id === given.target);
  const shape = target
    ? profileShape(target.bitDepths)
    : profileShape(possible.flatMap((each) => each.bitDepths));
  const parsed = shape
    .superRefine((profile, context) => {
      const found = target
        ? [...contradictions(profile, target), ...target.contradictions(profile)]
        : [['target', `must be one of ${possible.map(({ id }) => id).join(', ')}`] as const];
      for (const [key, message] of found) context.addIssue({ code: 'custom', path: [key], message });
    })
    .safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const faults = profileFaults(parsed.error.issues);
  throw new ConfigError(
    `“${shown}” is no device profile (${faults.join('; ')}); compare it with the example in docs/KITS.md.`,
    {
      context: { faults },
    },
  );
}

/** Figures that are each possible, but not together: the key to be changed, and what it must be. */
function contradictions(profile: Profile, { id, sampleEnding, layOut }: DeviceTarget): [KnownKey, string][] {
  const { sample_rates_hz, preferred_sample_rate_hz, longest_sample_sec, total_sec } = profile;
  const { total_bytes, reserved_bytes, favours, roots, alphabet } = profile;
  const { longest_name, longest_path, folder } = profile;
  const found: [KnownKey, string][] = [];
  const rates = sample_rates_hz.value;
  if (rates !== null && !Array.isArray(rates) && rates.least > rates.most) {
    found.push([
      'sample_rates_hz',
      `least is ${rates.least}; it must be at most most, which is ${rates.most}`,
    ]);
  }
  const preferred = preferred_sample_rate_hz.value;
  if (preferred !== null && !takesRate(rates, preferred)) {
    found.push(['preferred_sample_rate_hz', 'must be one of sample_rates_hz']);
  }
  if (exceeds(longest_sample_sec, total_sec)) {
    found.push(['longest_sample_sec', `must be at most total_sec, which is ${total_sec.value}`]);
  }
  if (exceeds(reserved_bytes, total_bytes) || (reserved_bytes.value !== null && total_bytes.value === null)) {
    found.push([
      'reserved_bytes',
      `must be less than total_bytes, which is ${total_bytes.value ?? 'unknown'}`,
    ]);
  }
  const families = FAMILIES.map(({ id }) => id as string);
  if (favours.value?.some((family) => !families.includes(family))) {
    found.push(['favours', `must be a list of ${families.join(', ')}`]);
  }
  if (roots.value?.includes('name') && !alphabet.value?.includes('#')) {
    found.push(['alphabet', 'must hold # where roots has name, since names then say notes such as F#2']);
  }
  if (exceeds(longest_name, longest_path)) {
    found.push(['longest_name', `must be at most longest_path, which is ${longest_path.value}`]);
  }
  if (profile.slices.value !== null && !layOut) {
    found.push(['slices', `must be left out: ${id} writes none`]);
  }
  const below = (folder.value ?? '').replaceAll('{kit}', 'K');
  const room = (longest_path.value ?? Infinity) - (below === '' ? 0 : below.length + 1) - sampleEnding.length;
  if (room < SHORTEST_NAME) {
    found.push(['longest_path', `must leave ${SHORTEST_NAME} characters for a name in folder`]);
  }
  return found;
}

/** Whether a figure is larger than another that bounds it. */
function exceeds({ value }: KnownValue<number>, { value: most }: KnownValue<number>): boolean {
  return value !== null && most !== null && value > most;
}

function jsonOf(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(
      // Of several lines of a file the parser shows them.
      `“${shown}” is no JSON (${(cause as Error).message.replace(/\s+/g, ' ')}); docs/KITS.md shows a profile.`,
      {
        cause,
      },
    );
  }
}
