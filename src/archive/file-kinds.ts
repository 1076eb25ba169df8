/** What files are by their names: sounds, videos with sound in them, and music that cannot be read. */
import { basename, dirname, extname, join } from '../paths.ts';

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
const UNREAD: readonly { readonly extensions: ReadonlySet<string>; readonly reason: string }[] = [
  {
    extensions: listOf('.sd2 .sd2f'),
    reason:
      'it is in Sound Designer II, which keeps its rate and width where only a Mac finds them; convert it to WAV there',
  },
  {
    extensions: listOf('.rx2 .rex .rcy'),
    reason: 'it is a ReCycle loop, which only programs with that licence open; export it as WAV from one',
  },
  {
    extensions: listOf('.dsf .dff'),
    reason: 'it is in DSD, which is one bit at some MHz; convert it to WAV at 88.2 kHz',
  },
  {
    extensions: listOf('.m4p'),
    reason: 'it is locked to an account (an old purchase); convert it with what you bought it with',
  },
];

/** Stand-ins for files that a cloud holds: `.Song.wav.icloud`, `Song.wav.nextcloud`. The group is the file's own name. */
const PLACEHOLDERS: readonly { readonly name: RegExp; readonly reason: string }[] = [
  {
    name: /^\.(.+)\.icloud$/,
    reason: 'it is in iCloud and not on this disk; download it in the Finder (Download Now)',
  },
  {
    name: /^(.+)\.(?:nextcloud|owncloud)$/,
    reason: 'it is in the cloud and not on this disk; have the sync program keep it on this device',
  },
];

/** Music that cannot be read. */
export interface UnreadFile {
  /** The file itself, or that which a placeholder stands for. */
  readonly path: string;
  /** What it is, and what to do, as part of a sentence. */
  readonly reason: string;
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

function unreadKind(path: string): string | null {
  const extension = extname(path).toLowerCase();
  return UNREAD.find(({ extensions }) => extensions.has(extension))?.reason ?? null;
}
