import { access } from 'node:fs/promises';

/** Whether there is something at a path, all links followed. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
