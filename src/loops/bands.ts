/**
 * Where the bands meet in which loops are closed, Hz: bass and body, presence, treble. Crossfades are blended, and
 * their colour is judged, in the same ones.
 */
export const BAND_EDGES_HZ = [800, 4000];
