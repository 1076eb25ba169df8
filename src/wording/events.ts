import type { RunEvent } from '../engine/events.ts';
import { textureDocument } from './grades.ts';
import { noticeDocument } from './notices.ts';
import { skipDocument } from './skips.ts';

/** An event as other programs receive it: worded where people read words, and as data. */
export function eventDocument(event: RunEvent): object {
  switch (event.kind) {
    case 'passed-over':
      return { ...event, ...skipDocument(event.reason) };
    case 'warning': {
      const { notice, ...about } = event;
      return { ...about, ...noticeDocument(notice) };
    }
    case 'texture-made':
    case 'texture-dropped':
      return { ...event, texture: textureDocument(event.texture) };
    case 'up-to-date':
      return { ...event, textures: event.textures.map(textureDocument) };
    default:
      return event;
  }
}
