/** What plays when: the selected texture, its seam, its song, and what is pointed at. */
import { announce } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import type { Output } from '../sound/output.ts';
import type { Player } from '../sound/player.ts';
import type { Sounds } from '../sound/sounds.ts';
import type { Voicing } from '../sound/voice.ts';
import type { PageSound } from '../sound/wav.ts';
import { createLatestRequest } from '../state/latest-request.ts';
import type { LevelMatch } from './level-match.ts';
import { type Excerpt, getSongExcerpt, getSongFrom, type SongPiece } from './song-excerpt.ts';
import { playOn } from './song-through.ts';

/** The seam is played from so long before it, seconds; of a shorter loop, from its middle. */
const BEFORE_SEAM_SEC = 0.7;

interface PlaybackParts {
  readonly output: Output;
  readonly player: Player;
  readonly sounds: Sounds;
  readonly levels: LevelMatch;
}

export interface Playback {
  /** @param where `seam`: from just before it */
  play(texture: Texture, where?: 'start' | 'seam'): Promise<void>;
  playSong(texture: Texture): Promise<void>;
  /** The whole song of a texture, from its beginning. */
  playThrough(texture: Texture): Promise<void>;
  /** Plays while it is pointed at; null: no longer. Leaves alone what plays otherwise. */
  preview(texture: Texture | null): void;
  isPreview(): boolean;
  stop(): void;
  /** Of the song that plays; null where none does. */
  excerpt(): Excerpt | null;
}

export function createPlayback({ output, player, sounds, levels }: PlaybackParts): Playback {
  const request = createLatestRequest();
  let previewed: string | null = null;
  let excerpt: Excerpt | null = null;

  async function start(texture: Texture, where: 'start' | 'seam'): Promise<boolean> {
    const asked = performance.now();
    const sound = await request.fetch(async () => sounds.peek(texture) ?? (await sounds.get(texture)));
    if (!sound) return false;
    excerpt = null;
    player.play({ id: texture.id, what: 'texture' }, sound, voicingOf(texture, sound, where, levels));
    // How long it took, for whoever asks for it.
    performance.measure('time to sound', { start: asked, end: performance.now() });
    return true;
  }
  function playPiece({ id }: Texture, what: 'place' | 'song', piece: SongPiece): void {
    previewed = null;
    excerpt = piece.excerpt;
    player.play({ id, what }, piece.sound, { isLoop: false, gain: 1 });
  }
  function stop(): void {
    request.cancel();
    previewed = null;
    excerpt = null;
    player.stop();
  }
  return {
    stop,
    isPreview: () => previewed !== null,
    excerpt: () => excerpt,
    async play(texture, where = 'start') {
      // What plays already, since it is pointed at, goes on.
      const plays = previewed === texture.id && where === 'start';
      previewed = null;
      if (plays || (await start(texture, where))) announce(playWords(texture, where));
    },
    async playSong(texture) {
      const song = await request.fetch(() => getSongExcerpt(texture));
      if (!song) return;
      playPiece(texture, 'place', song);
      announce(`${texture.title} in its song`);
    },
    async playThrough(texture) {
      const piece = await request.fetch(() => getSongFrom(texture, 0));
      if (!piece) return;
      playPiece(texture, 'song', piece);
      announce(`plays ${texture.sourceTitle} from its beginning`);
      await playOn(texture, piece, player, (next) => {
        if (next.after === excerpt) excerpt = next.excerpt;
        return excerpt === next.excerpt;
      });
    },
    preview(texture) {
      const isFree = player.sounding.get() === null || previewed !== null;
      if (!texture) {
        if (previewed !== null) stop();
      } else if (isFree && output.isAllowed()) {
        previewed = texture.id;
        void start(texture, 'start');
      }
    },
  };
}

function voicingOf(texture: Texture, sound: PageSound, where: 'start' | 'seam', levels: LevelMatch): Voicing {
  return {
    isLoop: texture.loop !== null,
    gain: levels.factorOf(texture),
    fromSec: where === 'seam' ? beforeSeam(sound) : 0,
  };
}

function playWords({ title, loop }: Texture, where: 'start' | 'seam'): string {
  return `${where === 'seam' ? 'the loop point of' : 'plays'} ${title}${loop === null ? '' : ', looping'}`;
}

/** Where in a loop to begin, so that its seam comes soon, seconds. */
function beforeSeam({ channels, sampleRate }: PageSound): number {
  const duration = channels[0].length / sampleRate;
  return duration - Math.min(BEFORE_SEAM_SEC, duration / 2);
}
