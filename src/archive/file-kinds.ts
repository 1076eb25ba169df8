/** What files are by their names: sounds, videos with sound in them, and music that cannot be read. */
import { basename, dirname, extname, join } from '../paths.ts';
import type { OwnFolderKind } from './own-folder.ts';

/** What the engine reads by itself. */
const OWN = '.wav .wave .bwf .rf64 .aif .aiff .aifc .flac .mp3 .ogg .oga .opus';

/** What ffmpeg is asked for. */
const FFMPEGS =
  '.m4a .m4b .m4r .aac .alac .caf .wma .ape .wv .mka .w64 .au .snd .ac3 .amr .tta .tak .mpc .shn .mp2';

/** Of which ffmpeg is asked for the sound. Some hold nothing else: stems are .mp4, downloads .webm. */
const VIDEOS = '.mp4 .m4v .mov .mkv .webm .avi .mpg .mpeg .wmv .flv .3gp';

const listOf = (extensions: string) => new Set(extensions.split(' '));
const VIDEO_EXTENSIONS = listOf(VIDEOS);
const SOUND_EXTENSIONS = listOf(`${OWN} ${FFMPEGS} ${VIDEOS}`);

/** Music that neither the engine nor ffmpeg reads (DSD at its own rate: 2.8 MHz), with what can be done. */
const UNREAD: readonly { readonly extensions: ReadonlySet<string>; readonly reason: UnreadReason }[] = [
  { extensions: listOf('.sd2 .sd2f'), reason: { code: 'sound-designer' } },
  { extensions: listOf('.rx2 .rex .rcy'), reason: { code: 'recycle' } },
  { extensions: listOf('.dsf .dff'), reason: { code: 'dsd' } },
  { extensions: listOf('.m4p'), reason: { code: 'locked' } },
];

/** Stand-ins for files that a cloud holds: `.Song.wav.icloud`, `Song.wav.nextcloud`. The group is the file's own name. */
const PLACEHOLDERS: readonly { readonly name: RegExp; readonly reason: UnreadReason }[] = [
  { name: /^\.(.+)\.icloud$/, reason: { code: 'in-icloud' } },
  { name: /^(.+)\.(?:nextcloud|owncloud)$/, reason: { code: 'in-cloud' } },
];

/** Why music cannot be read, by what it is. */
export type UnreadReason =
  /** Sound Designer II keeps its rate and width in a fork of the file that only a Mac finds. */
  | { readonly code: 'sound-designer' }
  | { readonly code: 'recycle' }
  | { readonly code: 'dsd' }
  /** To an account of the shop that sold it. */
  | { readonly code: 'locked' }
  | { readonly code: 'in-icloud' }
  /** Of Nextcloud or ownCloud. */
  | { readonly code: 'in-cloud' }
  /** A sound without a byte in it. */
  | { readonly code: 'empty' }
  /** A folder that this engine made. */
  | { readonly code: 'made-here'; readonly what: OwnFolderKind };

/** Music that cannot be read. */
export interface UnreadFile {
  /** The file itself, or that which a placeholder stands for. */
  readonly path: string;
  readonly reason: UnreadReason;
}

/** Whether a file is by its name a sound, or a video that may have one. */
export function isSoundName(path: string): boolean {
  return SOUND_EXTENSIONS.has(extname(path).toLowerCase());
}

export function isVideoName(path: string): boolean {
  return VIDEO_EXTENSIONS.has(extname(path).toLowerCase());
}

/** What by its name is music that cannot be read; null for all else. */
export function unreadFile(path: string): UnreadFile | null {
  for (const { name, reason } of PLACEHOLDERS) {
    const [, own] = name.exec(basename(path)) ?? [];
    if (own !== undefined && (isSoundName(own) || unreadKind(own))) {
      return { path: join(dirname(path), own), reason };
    }
  }
  const reason = unreadKind(path);
  return reason === null ? null : { path, reason };
}

function unreadKind(path: string): UnreadReason | null {
  const extension = extname(path).toLowerCase();
  return UNREAD.find(({ extensions }) => extensions.has(extension))?.reason ?? null;
}
