/** How picks stand to the truth. */

/** A pick is right where this much of it lies in one passage. */
const INSIDE = 0.9;
/** And a fade-out where this much of it lies in the fade. */
const IN_FADE = 0.5;

const shared = (pick, span) =>
  Math.max(0, Math.min(pick.end, span.end) - Math.max(pick.start, span.start)) / (pick.end - pick.start);

/**
 * @param wanted picks that were asked for: a song with more passages cannot have all of them found
 * @returns counts: picks, right ones, fade-outs; passages that could be found, found ones; passages that the right picks
 *   could lie in at best
 */
export function score(picks, { passages, fade }, wanted) {
  const right = picks.filter((pick) => passages.some((passage) => shared(pick, passage) >= INSIDE)).length;
  return {
    picks: picks.length,
    right,
    fades: picks.filter((pick) => shared(pick, fade) >= IN_FADE).length,
    passages: Math.min(wanted, passages.length),
    spread: Math.min(right, passages.length),
    found: passages.filter((passage) => picks.some((pick) => shared(pick, passage) >= INSIDE)).length,
  };
}

export function sumScores(scores) {
  const sum = { picks: 0, right: 0, fades: 0, passages: 0, spread: 0, found: 0 };
  for (const each of scores) for (const key of Object.keys(sum)) sum[key] += each[key];
  return sum;
}
