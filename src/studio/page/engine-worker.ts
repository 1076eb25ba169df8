/** Workers that run the engine, in whatever way this browser starts them in a page that was opened as a file. */

/**
 * A module from a Blob is what Firefox and WebKit start. Chromium does not, in such a page, nor does it import a Blob there; a
 * classic worker that imports a `data:` address works in it, but never comes up in WebKit (2.50).
 * @param code a module without imports that sends a message once it is ready
 * @returns starts one
 */
export function engineWorkers(code: string): () => Promise<Worker> {
  const module = addressOf(code);
  let classic: string | null = null;
  const startClassic = (): Promise<Worker> => {
    classic ??= addressOf(`import(${JSON.stringify(dataAddress(code))})`);
    return ready(new Worker(classic));
  };
  return () => ready(new Worker(module, { type: 'module' })).catch(startClassic);
}

function addressOf(code: string): string {
  return URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
}

function dataAddress(code: string): string {
  const bytes = new TextEncoder().encode(code);
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return `data:text/javascript;base64,${btoa(text)}`;
}

/** A worker that is ready for messages: before, they may be lost. */
function ready(worker: Worker): Promise<Worker> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', () => resolve(worker), { once: true });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true });
  });
}
