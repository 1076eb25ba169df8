/** Lines under the head: what is being made, what changed, what is wrong. */
import { byId } from '../../report/page/element.ts';
import type { JobState, StudioEvent } from '../protocol.ts';
import { postStop, type Unanswered } from './api.ts';
import type { Saving } from './decisions.ts';

type JobDone = Extract<StudioEvent, { kind: 'job-done' }>;

export interface Notices {
  /** Null: nothing is wrong any more. */
  trouble(message: string | null): void;
  /** The export is another; null once it is shown. */
  changed(words: string | null): void;
  job(job: JobState): void;
  jobDone(done: JobDone): void;
  saving(saving: Saving): void;
}

export function createNotices(hand: { onRefresh(): void; onHear(done: JobDone): void }): Notices {
  let done: JobDone | null = null;

  byId('refresh').addEventListener('click', hand.onRefresh);
  byId('job-play').addEventListener('click', () => done && hand.onHear(done));
  byId('job-close').addEventListener('click', () => {
    byId('job-told').hidden = true;
  });
  byId('job-stop').addEventListener('click', () => {
    postStop().catch(({ message }: Unanswered) => trouble(message));
  });

  function trouble(message: string | null): void {
    byId('trouble').textContent = message ?? '';
    byId('trouble').hidden = message === null;
  }

  return {
    trouble,
    changed(words) {
      byId('changed').hidden = words === null;
      byId('changed').querySelector('span')!.textContent = words ?? '';
    },
    job({ title, share, message, made }) {
      byId('job').hidden = false;
      byId('job-told').hidden = true;
      const count = made > 0 ? `, ${made} made` : '';
      byId('job-words').textContent = `${title}${count}${message === '' ? '' : `: ${message}`}`;
      byId<HTMLProgressElement>('job-share').value = share;
    },
    jobDone(told) {
      done = told;
      byId('job').hidden = true;
      byId('job-told').hidden = told.job.kind === 'kit' && told.outcome === 'done';
      const notes = told.rendering?.notes ?? [];
      byId('job-told').querySelector('span')!.textContent = [told.message, ...told.problems, ...notes].join(
        ' ',
      );
      byId('job-play').hidden = told.rendering === null;
    },
    saving(saving) {
      const { state } = saving;
      const words = { saved: 'saved', saving: 'saving…', waiting: 'not saved yet', refused: 'not saved' };
      byId('saving').textContent = words[state];
      byId('saving').className = state;
      if ('message' in saving && saving.message !== undefined) {
        const kept =
          state === 'waiting' ? ' What you decided waits in this tab: leave it open, and it is saved.' : '';
        trouble(`${saving.message}${kept}`);
      } else trouble(null);
    },
  };
}
