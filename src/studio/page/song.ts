/** Where in its song a texture was found, and what else was. */
import { byId } from '../../report/page/element.ts';
import type { SourceAnswer, Texture } from '../protocol.ts';
import { getSource } from './api.ts';
import { Unanswered } from './backend.ts';
import { drawSong } from './song-picture.ts';

export interface Song {
  /** Shows where it was found, once the server has said so. */
  show(texture: Texture): void;
}

/** @param onChoose somebody chose another find of the song */
export function createSong(titleOf: (id: string) => string, onChoose: (id: string) => void): Song {
  const answers = new Map<string, Promise<SourceAnswer>>();
  let shown = '';

  async function show(texture: Texture): Promise<void> {
    shown = texture.id;
    const key = `${texture.id} ${texture.stamp}`;
    const answer = answers.get(key) ?? getSource(texture.id);
    answers.set(key, answer);
    try {
      const source = await answer;
      if (shown !== texture.id) return;
      drawSong(source, texture.id, titleOf, onChoose);
      byId<HTMLButtonElement>('in-song').disabled = source.problem !== null;
      showProblem(source.problem ?? '');
    } catch (error) {
      answers.delete(key);
      if (shown === texture.id) showProblem(error instanceof Unanswered ? error.message : '');
    }
  }
  return { show: (texture) => void show(texture) };
}

function showProblem(problem: string): void {
  byId('song-problem').textContent = problem;
  byId('song-problem').hidden = problem === '';
}
