/** Where in its song a texture was found, and what else was. */
import { byId } from '../../../report/page/element.ts';
import type { SourceAnswer, Texture } from '../../protocol.ts';
import { getSource } from '../backend/api.ts';
import { Unanswered } from '../backend/backend.ts';
import { drawSong } from './song-picture.ts';

export interface Song {
  /** Shows where it was found, once the server has said so. */
  show(texture: Texture): void;
  /** What the server says of its song, asked once. @throws Unanswered */
  source(texture: Texture): Promise<SourceAnswer>;
}

/** @param onChoose somebody chose another find of the song */
export function createSong(titleOf: (id: string) => string, onChoose: (id: string) => void): Song {
  const answers = new Map<string, Promise<SourceAnswer>>();
  let shown = '';

  function source(texture: Texture): Promise<SourceAnswer> {
    const key = `${texture.id} ${texture.stamp}`;
    const answer = answers.get(key) ?? getSource(texture.id);
    answers.set(key, answer);
    // What is missing may be brought back.
    answer.then(
      ({ problem }) => problem !== null && answers.delete(key),
      () => answers.delete(key),
    );
    return answer;
  }
  async function show(texture: Texture): Promise<void> {
    shown = texture.id;
    try {
      const answer = await source(texture);
      if (shown !== texture.id) return;
      drawSong(answer, texture.id, titleOf, onChoose);
      byId<HTMLButtonElement>('in-song').disabled = answer.problem !== null;
      showProblem(answer.problem ?? '');
    } catch (error) {
      if (shown === texture.id) showProblem(error instanceof Unanswered ? error.message : '');
    }
  }
  return { source, show: (texture) => void show(texture) };
}

function showProblem(problem: string): void {
  byId('song-problem').textContent = problem;
  byId('song-problem').hidden = problem === '';
}
