/** Stars that a decision on a texture may hold, at most. By itself, since the studio's page needs it too. */
export const MOST_STARS = 5;
