/** Workers that run the engine, also in a page that was opened as a file: there Chromium starts a classic script alone. */

/**
 * @param code a script that sends a message once it is ready
 * @returns starts one
 */
export function engineWorkers(code: string): () => Promise<Worker> {
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  return () => ready(new Worker(address));
}

/** A worker that is ready for messages: before, they may be lost. */
function ready(worker: Worker): Promise<Worker> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', () => resolve(worker), { once: true });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true });
  });
}
