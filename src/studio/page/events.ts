/** What the server reports by itself. */
import type { StudioEvent } from '../protocol.ts';

/**
 * @param onEvent is given each event
 * @param onOpen is called when the server is there again after it was not
 * @param onLost is called when the server no longer answers
 */
export function listenToServer(
  onEvent: (event: StudioEvent) => void,
  onOpen: () => void,
  onLost: () => void,
): void {
  let isLost = false;
  const stream = new EventSource('/api/events');
  stream.addEventListener('message', ({ data }) => onEvent(JSON.parse(data as string) as StudioEvent));
  stream.addEventListener('error', () => {
    if (!isLost) onLost();
    isLost = true;
  });
  stream.addEventListener('open', () => {
    if (isLost) onOpen();
    isLost = false;
  });
}
