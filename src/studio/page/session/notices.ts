/** Lines under the head: what is being made, what changed, what is wrong. */
import { byId, element } from '../../../report/page/element.ts';
import type { JobState, NotMade, StudioEvent } from '../../protocol.ts';
import { postStop } from '../backend/api.ts';
import { backend, type Unanswered } from '../backend/backend.ts';
import type { Saving } from '../keeping/outbox.ts';
import type { AskedSetting } from '../making/run-dialog.ts';

type JobDone = Extract<StudioEvent, { kind: 'job-done' }>;

interface NoticeHandlers {
  onRefresh(): void;
  onPlay(done: JobDone): void;
  /** Somebody wants to change it. */
  onSetting(asked: AskedSetting): void;
}

export interface Notices {
  /** Null: nothing is wrong any more. */
  trouble(message: string | null): void;
  /** The export is another; null once it is shown. */
  changed(words: string | null): void;
  job(job: JobState): void;
  jobDone(done: JobDone): void;
  /** What came of something that was no job. */
  answer(message: string): void;
  saving(saving: Saving): void;
}

/** Earlier answers that are shown; more would push the palette off the page. */
const MOST_UNREAD = 3;

export function createNotices(handlers: NoticeHandlers): Notices {
  let done: JobDone | null = null;
  /** Answers in which something went wrong, newest first, each of a heap of its own: they stay to be read until somebody closes them. */
  let unread: readonly string[] = [];

  byId('refresh').addEventListener('click', handlers.onRefresh);
  byId('job-play').addEventListener('click', () => done && handlers.onPlay(done));
  byId('job-close').addEventListener('click', () => {
    unread = [];
    byId('job-result').hidden = true;
    byId('job-not-made').hidden = true;
  });
  byId('job-why').addEventListener('click', () => {
    const isOpen = byId('job-not-made').hidden;
    byId('job-not-made').hidden = !isOpen;
    byId('job-why').ariaExpanded = String(isOpen);
  });
  byId('job-stop').addEventListener('click', () => {
    postStop().catch(({ message }: Unanswered) => trouble(message));
  });

  return {
    trouble,
    changed(words) {
      byId('changed').hidden = words === null;
      byId('changed').querySelector('span')!.textContent = words ?? '';
    },
    job({ title, share, message, made }) {
      byId('job').hidden = false;
      writeResult(unread.map(earlier));
      byId('job-result').hidden = unread.length === 0;
      byId('job-play').hidden = true;
      byId('job-why').hidden = true;
      byId('job-not-made').hidden = true;
      const count = made > 0 ? `, ${made} made` : '';
      byId('job-words').textContent = `${title}${count}${message === '' ? '' : `: ${message}`}`;
      byId<HTMLProgressElement>('job-share').value = share;
    },
    jobDone(next) {
      done = next;
      const words = answerOf(next);
      const before = unread.filter((answer) => answer !== words);
      showResult(next, [...(words === '' ? [] : [words]), ...before.map(earlier)], handlers);
      unread = (next.problems.length > 0 ? [words, ...before] : before).slice(0, MOST_UNREAD);
    },
    answer(message) {
      byId('job-result').hidden = false;
      byId('job-play').hidden = true;
      byId('job-why').hidden = true;
      byId('job-not-made').hidden = true;
      writeResult([message, ...unread.map(earlier)]);
    },
    saving: showSaving,
  };
}

/** What is wrong; null: nothing any more. */
function trouble(message: string | null): void {
  byId('trouble').textContent = message ?? '';
  byId('trouble').hidden = message === null;
}

/** A kit that was made is reported beside the tray. */
const isSaid = ({ job, outcome }: JobDone) => job.kind !== 'kit' || outcome !== 'done';

function answerOf(done: JobDone): string {
  const { message, problems, rendering } = done;
  return [...(isSaid(done) ? [message] : []), ...problems, ...(rendering?.notes ?? [])].join(' ');
}

function earlier(answer: string): string {
  return `Before: ${answer}`;
}

/** @param answers this one's, and earlier ones that nobody closed; may be none */
function showResult(
  { job, notMade, rendering }: JobDone,
  answers: readonly string[],
  { onSetting }: NoticeHandlers,
): void {
  byId('job').hidden = true;
  byId('job-result').hidden = answers.length === 0;
  writeResult(answers);
  byId('job-play').hidden = rendering === null;
  // Where nothing was made, nobody should have to ask why.
  const isAsked = notMade.length > 0 && job.made === 0;
  byId('job-why').hidden = notMade.length === 0;
  byId('job-why').ariaExpanded = String(isAsked);
  byId('job-not-made').hidden = !isAsked;
  byId('job-not-made').replaceChildren(
    ...notMade.map((one) => reasonLine(one, (setting) => onSetting({ ...one, export: job.export, setting }))),
  );
}

/** A reason; the settings in it are pressed to be changed. */
function reasonLine({ words, settings }: NotMade, onPressed: (setting: AskedSetting['setting']) => void) {
  const line = element('li');
  let rest = words;
  for (const setting of settings) {
    const named = `“${setting.title}”`;
    const [before, ...behind] = rest.split(named);
    const button = element(
      'button',
      { type: 'button', title: 'change it for one run', 'aria-haspopup': 'dialog' },
      named,
    );
    button.addEventListener('click', () => onPressed(setting));
    line.append(before, button);
    rest = behind.join(named);
  }
  line.append(rest);
  return line;
}

/** A line each. */
function writeResult(answers: readonly string[]): void {
  byId('job-result').querySelector('span')!.textContent = answers.join('\n');
}

function showSaving(saving: Saving): void {
  const { state } = saving;
  const { saving: underWay, saved } = backend().words;
  const words = { saving: underWay, saved, waiting: 'not saved yet', rejected: 'not saved' };
  byId('saving').textContent = words[state];
  byId('saving').className = state;
  if ('message' in saving && saving.message !== undefined) {
    const kept =
      state === 'waiting' ? ' What you decided waits in this tab: leave it open, and it is saved.' : '';
    trouble(`${saving.message}${kept}`);
  } else trouble(null);
}
