/** How picks stand to the truth. */

/** A pick is right where this much of it lies in one passage. */
const INSIDE = 0.9;
/** And a fade-out where this much of it lies in the fade. */
const IN_FADE = 0.5;

const shared = (pick, span) =>
  Math.max(0, Math.min(pick.end, span.end) - Math.max(pick.start, span.start)) / (pick.end - pick.start);

/** @returns counts: picks, right ones, fade-outs; passages, found ones */
export function score(picks, { passages, fade }) {
  return {
    picks: picks.length,
    right: picks.filter((pick) => passages.some((passage) => shared(pick, passage) >= INSIDE)).length,
    fades: picks.filter((pick) => shared(pick, fade) >= IN_FADE).length,
    passages: passages.length,
    found: passages.filter((passage) => picks.some((pick) => shared(pick, passage) >= INSIDE)).length,
  };
}

export function sumScores(scores) {
  const sum = { picks: 0, right: 0, fades: 0, passages: 0, found: 0 };
  for (const each of scores) for (const key of Object.keys(sum)) sum[key] += each[key];
  return sum;
}
