import { nodePlatform } from '../platform/node/platform.ts';

/** The absolute path, with slashes, of what the user typed. @param from where a relative one starts: by default where the user stands */
export function absolute(typed: string, from?: string): string {
  return nodePlatform.files.absolute(typed, from);
}
