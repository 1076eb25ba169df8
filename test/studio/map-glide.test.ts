import { afterEach, describe, expect, it, vi } from 'vitest';
import { glide } from '../../src/studio/page/map/map-glide.ts';

const places = (entries: Readonly<Record<string, readonly [number, number]>>) =>
  new Map(Object.entries(entries).map(([id, [x, y]]) => [id, { x, y }]));

describe('glide', () => {
  const frames: FrameRequestCallback[] = [];
  const inPage = () => {
    vi.stubGlobal('window', { matchMedia: () => ({ matches: false }) });
    vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
    vi.stubGlobal('cancelAnimationFrame', () => {});
  };
  afterEach(() => {
    frames.length = 0;
    vi.unstubAllGlobals();
  });

  it('lays new drops at once where none of the others moves', () => {
    inPage();
    const onPlaces = vi.fn();
    const to = places({ pad: [0.2, 0.3], hit: [0.7, 0.8] });
    glide(places({ pad: [0.2, 0.3], gone: [0.5, 0.5] }), to, onPlaces);
    expect(onPlaces).toHaveBeenCalledExactlyOnceWith(to);
    expect(frames).toHaveLength(0);
  });

  it('takes those that move along, frame by frame, to their place', () => {
    inPage();
    const onPlaces = vi.fn();
    const to = places({ pad: [0.2, 0.9], hit: [0.7, 0.8] });
    const begun = performance.now();
    glide(places({ pad: [0.2, 0.3] }), to, onPlaces);
    frames.shift()!(begun + 450);
    const [onTheWay] = onPlaces.mock.calls[0];
    expect(onTheWay.get('pad').y).toBeGreaterThan(0.3);
    expect(onTheWay.get('pad').y).toBeLessThan(0.9);
    expect(onTheWay.get('hit')).toEqual({ x: 0.7, y: 0.8 });
    frames.shift()!(begun + 2000);
    expect(onPlaces).toHaveBeenLastCalledWith(to);
    expect(frames).toHaveLength(0);
  });
});
