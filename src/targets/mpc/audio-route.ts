import { xmlElement, xmlText } from '../xml.ts';

/** Where sound goes: 2 the program's output, 0 a keygroup's program. */
export function audioRoute(to: number): string {
  return xmlElement('AudioRoute', {}, [
    xmlText('AudioRoute', String(to)),
    xmlText('AudioRouteSubIndex', '0'),
    xmlText('AudioRouteChannelBitmap', '3'),
    xmlText('InsertsEnabled', 'True'),
  ]);
}
