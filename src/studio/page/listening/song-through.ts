/** A song that is played through, piece by piece. */
import type { Texture } from '../../protocol.ts';
import type { Player } from '../sound/player.ts';
import { LEAD_SEC } from '../sound/voice.ts';
import { type Excerpt, getSongFrom, type SongPiece } from './song-excerpt.ts';

/** The next piece begins so long before the end of the last, seconds: time to fetch it, and to go over. */
const OVERLAP_SEC = 2;
/** What is behind the place where it may go over, ms: a timer is never early by more. */
const SURELY_MS = 100;

/**
 * Goes over to the piece after one that plays, and so on to the song's end. Both say the same where they overlap, so that nothing
 * is heard of it.
 * @param isWanted is asked before each piece, and takes note of it; false: something else plays by now
 */
export async function playOn(
  texture: Texture,
  piece: SongPiece,
  player: Player,
  isWanted: (next: { readonly after: Excerpt; readonly excerpt: Excerpt }) => boolean,
): Promise<void> {
  if (piece.endSec >= piece.songSec) return;
  const next = await getSongFrom(texture, piece.endSec - OVERLAP_SEC).catch(() => null);
  const nowSec = () => piece.startSec + player.position() * (piece.endSec - piece.startSec);
  const restMs = 1000 * (piece.endSec - OVERLAP_SEC - nowSec()) + SURELY_MS;
  await new Promise((resolve) => setTimeout(resolve, restMs));
  if (!next || !isWanted({ after: piece.excerpt, excerpt: next.excerpt })) return;
  const fromSec = nowSec() + LEAD_SEC - next.startSec;
  player.play({ id: texture.id, what: 'song' }, next.sound, { isLoop: false, gain: 1, fromSec });
  await playOn(texture, next, player, isWanted);
}
