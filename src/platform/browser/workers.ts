import type { Files, WorkerPool, Workers } from '../platform.ts';
import type { FromJobWorker, ToJobWorker } from './job-messages.ts';
import { answerFileCall, type Held } from './shared-files.ts';

/** A job that waits for a worker, or has one. */
interface Turn {
  readonly job: string;
  readonly input: unknown;
  onEvent(event: unknown): void;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * Workers that another started (a worker cannot, from a file opened in a browser), each behind a port; see `job-worker.ts`.
 */
export function portWorkers(ports: readonly MessagePort[], files: Files, held: Held): Workers {
  const idle: MessagePort[] = [...ports];
  const waiting: Turn[] = [];
  const working = new Map<MessagePort, Turn>();
  const tell = (port: MessagePort, message: ToJobWorker) => port.postMessage(message);
  const next = () => {
    while (idle.length > 0 && waiting.length > 0) {
      const [port, turn] = [idle.shift()!, waiting.shift()!];
      working.set(port, turn);
      tell(port, { job: turn.job, input: turn.input });
    }
  };
  const ended = (port: MessagePort): Turn => {
    const turn = working.get(port)!;
    working.delete(port);
    idle.push(port);
    next();
    return turn;
  };
  for (const port of ports) {
    port.addEventListener('message', async ({ data }: MessageEvent<FromJobWorker>) => {
      if ('file' in data) tell(port, { file: await answerFileCall(files, held, data.file) });
      else if ('event' in data) working.get(port)!.onEvent(data.event);
      else if ('done' in data) ended(port).resolve(data.done);
      else ended(port).reject(new Error(data.failed));
    });
    port.start();
  }
  const open = (): WorkerPool => {
    for (const port of ports) tell(port, { stop: false });
    return {
      run: (job, input, onEvent) =>
        new Promise((resolve, reject) => {
          waiting.push({ job, input, onEvent, resolve, reject });
          next();
        }),
      stop() {
        for (const port of ports) tell(port, { stop: true });
      },
      async close() {},
    };
  };
  return { open };
}
