/**
 * Paths with slashes, as text: what the engine works with on every system. A platform turns a system's own into these and
 * back. A drive (`C:/`) is a root like `/`, and so is a share (`//server/share/`).
 */

const ROOT = /^(?:\/\/[^/]+\/[^/]+(?:\/|$)|[A-Za-z]:\/|\/)/;

/** A path on this machine with nothing to take out, as nearly all are: a plan of ten thousand files asks a hundred thousand times. */
const IS_NORMAL = /^(?:\/(?!\.{0,2}(?:\/|$))[^/]+)+$/;

/** `/` or the drive that a path starts from; '' for a relative one. */
export function rootOf(path: string): string {
  return ROOT.exec(path)?.[0] ?? '';
}

export function isAbsolute(path: string): boolean {
  return rootOf(path) !== '';
}

/** Without `.`, `..` and doubled or trailing slashes, as far as that can be known; `.` where nothing is left. */
function normalise(path: string): string {
  if (IS_NORMAL.test(path)) return path;
  const root = rootOf(path);
  const steps: string[] = [];
  for (const step of path.slice(root.length).split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (root === '') steps.push(step);
  }
  return root + steps.join('/') || '.';
}

export function join(...parts: readonly string[]): string {
  return normalise(parts.reduce(behind, ''));
}

/** The last absolute one of some paths, and those behind it. @param base absolute */
export function resolve(base: string, ...parts: readonly string[]): string {
  let path = base;
  for (const part of parts) path = isAbsolute(part) ? part : behind(path, part);
  return normalise(path);
}

/** One path behind another, without a doubled slash, which would make a share of a root. */
function behind(path: string, part: string): string {
  if (path === '' || part === '') return path + part;
  return `${path.replace(/\/+$/, '')}/${part.replace(/^\/+/, '')}`;
}

/** The folder that a path lies in: itself for a root, `.` for a bare name. */
export function dirname(path: string): string {
  const root = rootOf(path);
  const rest = path.slice(root.length).replace(/\/+$/, '');
  const slash = rest.lastIndexOf('/');
  return slash === -1 ? root || '.' : root + rest.slice(0, slash).replace(/\/+$/, '');
}

/** The last step of a path, without an ending where it has that one. */
export function basename(path: string, ending = ''): string {
  const rest = path.slice(rootOf(path).length).replace(/\/+$/, '');
  const name = rest.slice(rest.lastIndexOf('/') + 1);
  return ending !== '' && name !== ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}

/** From the last dot of the name on; '' where that has none, or only its first letter is one. */
export function extname(path: string): string {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 || name === '..' ? '' : name.slice(dot);
}

/** The name without its ending. */
export function stem(path: string): string {
  return basename(path, extname(path));
}

/** The way from one path to another; '' where they are one, the other itself where no way leads there. Both absolute. */
export function relative(from: string, to: string): string {
  const [start, end] = [normalise(from), normalise(to)];
  if (rootOf(start) !== rootOf(end)) return end;
  const steps = (path: string) => path.slice(rootOf(path).length).split('/').filter(Boolean);
  const [mine, other] = [steps(start), steps(end)];
  let shared = 0;
  while (shared < mine.length && shared < other.length && mine[shared] === other[shared]) shared++;
  return [...mine.slice(shared).map(() => '..'), ...other.slice(shared)].join('/');
}

/** Whether a path, relative to some folder, leads out of it or to it itself. */
export function leadsOut(path: string): boolean {
  return path === '' || path === '..' || path.startsWith('../') || isAbsolute(path);
}
