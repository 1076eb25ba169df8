/** Versions of the selected texture: heard as it is heard, against it, and used instead of it or beside it. */
import { byId } from '../../../report/page/element.ts';
import type { Rendering, Texture } from '../../protocol.ts';
import type { Playback } from '../listening/playback.ts';
import { type UseParts, useVersion } from './use-version.ts';
import { originalLine, versionLine } from './version-line.ts';

type VersionParts = UseParts & { readonly playback: Playback };

export interface Versions {
  /** What was made since the studio was opened. */
  take(renderings: readonly Rendering[]): void;
  add(rendering: Rendering): void;
  of(texture: Texture): readonly Rendering[];
  /** Those of a texture, or none. */
  show(texture: Texture | null): void;
  /** Plays the other one of the two that were heard last, the texture or a version of it. @returns false where it has none */
  step(texture: Texture): boolean;
  play(rendering: Rendering): void;
}

export function createVersions(parts: VersionParts): Versions {
  let all: readonly Rendering[] = [];
  let shown: Texture | null = null;
  /** The version that was heard last, and whether the texture itself was heard since. */
  let played: { readonly rendering: Rendering; readonly isOriginal: boolean } | null = null;

  const of = ({ id }: Texture) => all.filter((one) => one.of === id);
  function play(rendering: Rendering): void {
    played = { rendering, isOriginal: false };
    void parts.playback.play(rendering.texture);
    draw();
  }
  function playOriginal(texture: Texture): void {
    if (played) played = { ...played, isOriginal: true };
    void parts.playback.play(texture);
    draw();
  }
  function draw(): void {
    const versions = shown ? of(shown) : [];
    byId('versions').hidden = versions.length === 0;
    if (!shown || versions.length === 0) return;
    const original = shown;
    const isPlayed = (rendering: Rendering | null) =>
      played?.isOriginal ? rendering === null : played?.rendering === rendering;
    byId('version-list').replaceChildren(
      originalLine(() => playOriginal(original), isPlayed(null)),
      ...versions.map((one) =>
        versionLine(one, isPlayed(one), { play, use: (how) => void useVersion(one, how, parts) }),
      ),
    );
  }

  return {
    of,
    play,
    take(renderings) {
      all = renderings;
      draw();
    },
    add(rendering) {
      all = [...all.filter(({ texture }) => texture.id !== rendering.texture.id), rendering];
      draw();
    },
    show(texture) {
      if (texture?.id !== shown?.id) played = null;
      shown = texture;
      draw();
    },
    step(texture) {
      const last = played?.rendering ?? of(texture).at(-1);
      if (!last) return false;
      if (played && !played.isOriginal) playOriginal(texture);
      else play(last);
      return true;
    },
  };
}
