/** What lies in the folders of a plan and cannot be mined. */
import type { Discovery } from '../archive/discover.ts';
import type { UnreadReason } from '../archive/file-kinds.ts';
import { stem } from '../paths.ts';
import type { SourceFilter } from './only.ts';
import { shownPath } from './shown-path.ts';
import type { Plan } from './task.ts';

/** Of several folders, each thing once: problems of the folders themselves, and what `only` matches. */
export function unminable(
  found: readonly Discovery[],
  projectFolder: string,
  wanted: SourceFilter,
): Pick<Plan, 'problems' | 'unread'> {
  const messages = new Map<string, string>();
  const reasons = new Map<string, UnreadReason>();
  for (const { folder, problems, unread } of found) {
    for (const { path, message } of problems) {
      const source = shownPath(path, projectFolder);
      if (path === folder || wanted(path, source, stem(path))) messages.set(source, message);
    }
    for (const { path, reason } of unread) {
      const source = shownPath(path, projectFolder);
      if (wanted(path, source, stem(path))) reasons.set(source, reason);
    }
  }
  return {
    problems: [...messages].map(([source, message]) => ({ source, message })),
    unread: [...reasons].map(([source, reason]) => ({ source, reason })),
  };
}
