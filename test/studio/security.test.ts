/** Who is refused, and that nothing is told to them. */
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { manifestFromCsv, manifestToCsv } from '../../src/archive/manifest-csv.ts';
import { manifestRow } from '../../src/archive/manifest-row.ts';
import { openStudio } from '../../src/studio/server/server.ts';
import { type MadeTexture, madeExport } from '../palette/made-export.ts';
import { studioOn } from './studio.ts';

const SECRET = 'SECRET-OUTSIDE-THE-EXPORT';
const outside = await mkdtemp(join(tmpdir(), 'afterglow-outside-'));
afterAll(() => rm(outside, { recursive: true, force: true }));

const loop: MadeTexture = {
  family: 'pad',
  source: 'choir',
  sampleRate: 44_100,
  bitDepth: 24,
  channelCount: 1,
  seconds: 0.2,
  loops: true,
};
const { exportFolder, paths } = await madeExport([loop, loop, loop]);
await writeFile(join(outside, 'secret.wav'), SECRET);
await writeFile(join(outside, 'secret.json'), `{"${SECRET}`);
await mkdir(join(outside, 'folder'));
await cp(join(exportFolder, paths[0]), join(outside, 'folder', 'song.wav'));
// The second texture is a link out of the export; a fourth lies behind a linked folder, a fifth is named by `..`.
await rm(join(exportFolder, paths[1]));
await symlink(join(outside, 'secret.wav'), join(exportFolder, paths[1]));
await symlink(join(outside, 'folder'), join(exportFolder, 'linked'));
const manifest = join(exportFolder, 'manifest.csv');
const rows = manifestFromCsv(await readFile(manifest, 'utf8')).rows;
const awry = ['linked/song.wav', `../${outside.slice(outside.lastIndexOf('/') + 1)}/secret.wav`];
await writeFile(
  manifest,
  manifestToCsv([...rows, ...awry.map((path) => manifestRow({ ...rows[0], filename: 'x.wav', path }))]),
);
const { studio, origin, opening, cookie, get, post, raw, rawRequest, palette, texture, unexpected } =
  await studioOn([exportFolder]);
const host = `127.0.0.1:${studio.port}`;

/** What an answer must never hold, whoever asks for what. */
function expectNothingTold(answer: { head: string; body: string }) {
  for (const told of [SECRET, outside, 'journeys', 'root:x', cookie.split('=')[1]]) {
    expect(answer.head + answer.body).not.toContain(told);
  }
}

describe('the token', () => {
  it('opens a session that no script can read and no other site can use, and leaves the address', () => {
    expect(opening.status).toBe(303);
    expect(opening.headers.get('location')).toBe('/');
    const attributes = opening.headers.get('set-cookie')!.split('; ').slice(1);
    expect(attributes).toEqual(['HttpOnly', 'SameSite=Strict', 'Path=/']);
    expect(opening.headers.get('set-cookie')).not.toContain(
      new URL(studio.address).searchParams.get('token'),
    );
  });

  it('has 128 bits, other ones on each start', async () => {
    const token = new URL(studio.address).searchParams.get('token')!;
    expect(Buffer.from(token, 'base64url')).toHaveLength(16);
    const other = await studioOn([exportFolder]);
    expect(new URL(other.studio.address).searchParams.get('token')).not.toBe(token);
    const strange = await fetch(`${origin}/api/palette`, { headers: { cookie: other.cookie } });
    expect(strange.status).toBe(401);
    await other.close();
  });

  it.each(['', '?token=', '?token=wrong', '?token=AAAAAAAAAAAAAAAAAAAAAA', '?TOKEN='])(
    'is asked for: /%s',
    async (query) => {
      const answer = await fetch(`${origin}/${query}`, { redirect: 'manual' });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('set-cookie')).toBeNull();
    },
  );

  it.each([
    '',
    `${cookie}x`,
    cookie.toLowerCase(),
    cookie.replace('=', '=x'),
    `x${cookie}`,
    cookie.split('=')[0],
  ])('is not replaced by the cookie “%s”', async (wrong) => {
    for (const path of ['/', '/api/palette', '/api/events', '/studio.js', '/api/nothing']) {
      const answer = await raw(
        `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${wrong}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer.status, path).toBe(401);
      expectNothingTold(answer);
    }
  });

  it('stands with other cookies, as the browser sends them', async () => {
    const both = `a=b; ${cookie}; c=d`;
    expect((await fetch(`${origin}/api/palette`, { headers: { cookie: both } })).status).toBe(200);
  });
});

describe('the host', () => {
  it.each([
    ...['evil.example', `evil.example:${studio.port}`, '127.0.0.1', `127.0.0.1:${studio.port + 1}`],
    ...['0.0.0.0', `[::1]:${studio.port}`, `127.0.0.1.nip.io:${studio.port}`, `localhost.:${studio.port}`],
    ...[`user@127.0.0.1:${studio.port}`, ''],
  ])('must be the studio: not “%s”', async (name) => {
    for (const path of [
      '/',
      `/?token=${new URL(studio.address).searchParams.get('token')}`,
      '/api/palette',
    ]) {
      const answer = await raw(
        `GET ${path} HTTP/1.1\r\nHost: ${name}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
      );
      expect([400, 403]).toContain(answer.status);
      expect(answer.head).not.toMatch(/set-cookie/i);
      expectNothingTold(answer);
    }
  });

  it('must be there, once', async () => {
    const without = await raw(`GET /api/palette HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`);
    expect(without.status).toBe(403);
    const twice = await rawRequest('GET /api/palette', ['Host: evil.example']);
    expect([400, 403]).toContain(twice.status);
  });

  it('may be localhost', async () => {
    const answer = await raw(
      `GET /api/palette HTTP/1.1\r\nHost: localhost:${studio.port}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer.status).toBe(200);
  });

  it('is no proxy', async () => {
    for (const target of [`http://${host}/api/palette`, 'http://evil.example/', '*', '//evil.example/']) {
      const answer = await rawRequest(`GET ${target}`);
      expect([400, 404]).toContain(answer.status);
    }
    expect((await rawRequest(`CONNECT ${host}`)).head).toBe('');
  });
});

describe('where a request is from', () => {
  const body = JSON.stringify({ changes: [] });
  const send = (headers: readonly string[]) =>
    rawRequest(
      'POST /api/decisions',
      ['Content-Type: application/json', `Content-Length: ${body.length}`, ...headers],
      body,
    );

  it.each([
    [],
    ['Origin: null'],
    ['Origin: http://evil.example'],
    [`Origin: https://${host}`],
    [`Origin: http://127.0.0.1:${studio.port + 1}`],
    [`Origin: http://localhost:${studio.port}`],
    [`Origin: http://${host}.evil.example`],
    [`Origin: http://${host}`, 'Origin: http://evil.example'],
    [`Origin: http://${host}`, 'Sec-Fetch-Site: cross-site'],
    [`Origin: http://${host}`, 'Sec-Fetch-Site: same-site'],
    [`Origin: http://${host}`, 'Sec-Fetch-Site: none'],
  ])('changes nothing: %s %s', async (...headers) => {
    const answer = await send(headers);
    expect(answer.status).toBe(403);
    expectNothingTold(answer);
  });

  it('is its own page', async () => {
    // Judged as what it is, so the door was open.
    expect((await send([`Origin: http://${host}`])).status).toBe(400);
    expect((await send([`Origin: http://${host}`, 'Sec-Fetch-Site: same-origin'])).status).toBe(400);
  });

  it.each(['cross-site', 'same-site', 'none'])('reads nothing into another page: %s', async (site) => {
    const answer = await get('/api/palette', { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' });
    expect(answer.status).toBe(403);
    expect((await get('/api/palette', { origin: 'http://evil.example' })).status).toBe(403);
  });

  it('lets nobody read answers across origins', async () => {
    const answer = await get('/api/palette');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    const asked = await rawRequest('OPTIONS /api/decisions', [
      'Origin: http://evil.example',
      'Access-Control-Request-Method: POST',
    ]);
    expect(asked.status).toBe(403);
    expect(asked.head).not.toMatch(/access-control-allow/i);
  });
});

describe('paths', () => {
  const [, link] = paths;
  it.each([
    ...[
      '/../package.json',
      '/pages/../../package.json',
      '/pages/..%2f..%2fpackage.json',
      '/%2e%2e/package.json',
    ],
    ...[
      '/pages/%2e%2e/%2e%2e/package.json',
      '/pages//etc/passwd',
      '//etc/passwd',
      '/etc/passwd',
      '/C:/Windows/win.ini',
    ],
    ...['/pages/..\\..\\package.json', '/pages/..%5c..%5cpackage.json', '/pages/%00', '/studio.js%00.css'],
    ...['/api/sound/../../etc/passwd', '/api/sound/%2fetc%2fpasswd', '/api/sound//etc/passwd', '/api/sound/'],
    ...[
      `/api/sound/${paths[0]}`,
      `/api/sound/${encodeURIComponent(paths[0])}`,
      `/${paths[0]}`,
      `/api/sound/${link}`,
    ],
    ...[
      '/manifest.csv',
      '/curation.json',
      '/src/studio/server/request-guard.ts',
      '/pages/studio.js',
      '/studio.html',
      '/dist/cli/main.js',
    ],
    ...['/api/sound/e1-0000000000000000', '/api/context/e1-../../etc', '/api/rendered/r1-0000000000000000'],
    ...['/vendor/../package.json', '/api', '/api/', '/api/palette/', '/API/palette', '/api/palette%20'],
  ])('lead nowhere: %s', async (path) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await rawRequest(`${method} ${path}`);
      expect([400, 404], `${method} ${path}`).toContain(answer.status);
      expectNothingTold(answer);
      expect(answer.body).not.toMatch(/afterglow-engine|"name":/);
    }
  });

  it('of links out of the export are not in the palette, and it says so', async () => {
    const { textures, exports } = await palette();
    expect(textures.map(({ path }) => path)).toEqual([paths[0], paths[2]]);
    expect(exports[0].warning).toBe('3 of its files lead out of the export folder and are not shown.');
    expect(JSON.stringify(textures)).not.toContain(SECRET);
  });

  it('that become links out of the export are refused from then on', async () => {
    const file = join(exportFolder, paths[2]);
    const { id } = await texture(paths[2]);
    expect((await get(`/api/sound/${id}`)).status).toBe(200);
    const kept = await readFile(file);
    await rm(file);
    await symlink(join(outside, 'secret.wav'), file);
    const answer = await rawRequest(`GET /api/sound/${id}`);
    expect(answer.status).toBe(404);
    expectNothingTold(answer);
    await rm(file);
    await writeFile(file, kept);
    expect((await get(`/api/sound/${id}`)).status).toBe(200);
  });

  it.each(['curation.json', 'manifest.csv', '_curated/selection.json'])(
    'of the export’s own files that are links out of it are not read: %s',
    async (name) => {
      const { exportFolder } = await madeExport([loop]);
      await mkdir(join(exportFolder, '_curated'));
      await rm(join(exportFolder, name), { force: true });
      await symlink(join(outside, 'secret.wav'), join(exportFolder, name));
      const other = await studioOn([exportFolder]);
      const { exports } = await other.palette();
      expect(`${exports[0].problem} ${exports[0].warning}`).toMatch(/leads out of its export folder/);
      // JSON.parse quotes what it stumbles over.
      expect(JSON.stringify(exports)).not.toContain(SECRET.slice(0, 6));
      await other.close();
    },
  );

  it('of decisions that are a link out of the export are neither shown nor written', async () => {
    const at = join(exportFolder, 'curation.json');
    await symlink(join(outside, 'secret.json'), at);
    const { id } = await texture(paths[0]);
    const answer = await post('/api/decisions', { changes: [{ id, decision: 'keep' }] });
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain(SECRET);
    expect(JSON.stringify(await palette())).not.toContain(SECRET);
    expect(await readFile(join(outside, 'secret.json'), 'utf8')).toBe(`{"${SECRET}`);
    await rm(at);
  });

  it('to profiles are names, never files', async () => {
    for (const profile of ['../package', '/etc/passwd', join(outside, 'secret.json'), './x.json']) {
      const answer = await post('/api/kit/plan', { profile, name: 'A', ids: [] });
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain(SECRET);
    }
  });

  it('of kits stay in the export, whatever they are called', async () => {
    const { id } = await texture(paths[0]);
    const [profile] = (await (await get('/api/profiles')).json()).profiles;
    for (const name of ['../../../escape', '/tmp/escape', '..', 'a/../../b', 'C:\\escape']) {
      const answer = await post('/api/kit/plan', { profile: profile.id, name, ids: [id] });
      const { folder } = await answer.json();
      expect(folder, name).toMatch(/^_kits\/(?!\.*$)[^/\\]+$/);
    }
  });
});

describe('bodies', () => {
  const own = ['Content-Type: application/json', `Origin: ${origin}`];

  it('of more than a megabyte are refused, told beforehand or not', async () => {
    const long = 'x'.repeat(1024 * 1024 + 1);
    const told = await rawRequest('POST /api/decisions', [...own, `Content-Length: ${long.length}`], long);
    expect(told.status).toBe(413);
    const untold = await rawRequest(
      'POST /api/decisions',
      [...own, 'Transfer-Encoding: chunked'],
      `${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`,
    );
    expect(untold.status).toBe(413);
    const huge = await rawRequest('POST /api/kit', [...own, 'Content-Length: 99999999999']);
    expect(huge.status).toBe(413);
    expect((await get('/api/palette')).status).toBe(200);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    '',
    'application/jsonx',
  ])('are JSON, not %s, which a form of another site could send', async (type) => {
    const answer = await rawRequest(
      'POST /api/decisions',
      [`Origin: ${origin}`, ...(type === '' ? [] : [`Content-Type: ${type}`]), 'Content-Length: 2'],
      '{}',
    );
    expect(answer.status).toBe(415);
  });

  it.each([
    ...[
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"changes": 1}',
      '{"changes": []}',
      '\xff\xfe',
      '{"__proto__": {"changes": []}}',
    ],
    ...['{"changes": [{"id": "e1-x", "stars": 1e99}]}', '{"changes": [{"decision": "keep"}]}'],
    ...['{"changes": [{"id": "x", "path": "/etc/passwd"}]}'],
  ])('of the wrong shape are told so: %s', async (body) => {
    const answer = await rawRequest('POST /api/decisions', [...own, `Content-Length: ${body.length}`], body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).error.code).toBe('bad-request');
  });

  it('that go deeper than anybody means do no harm', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const answer = await rawRequest('POST /api/run', [...own, `Content-Length: ${deep.length}`], deep);
    expect(answer.status).toBe(400);
  });
});

it('other methods are refused', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH', 'POST', 'TRACE']) {
    const answer = await rawRequest(`${method} /api/palette`, [`Origin: ${origin}`, 'Content-Length: 0']);
    expect(answer.status, method).toBe(405);
  }
  expect((await get('/api/decisions')).status).toBe(405);
});

it('every answer, also a refusal, forbids framing, sniffing, keeping and everything from elsewhere', async () => {
  const answers = [opening, await get('/api/palette'), await get('/nothing'), await fetch(`${origin}/`)];
  for (const { headers } of answers) {
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    // Compiled code that the page has with it, which scripts made of text stay forbidden beside.
    expect(headers.get('content-security-policy')!.replace("'wasm-unsafe-eval'", '')).not.toMatch(
      /unsafe|https?:|\*/,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

it('is reached by loopback alone', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others) {
    await expect(fetch(`http://${address}:${studio.port}/`)).rejects.toThrow();
  }
});

it('a port that is in use is told in a sentence', async () => {
  const wish = { sites: [], project: { folder: outside }, jobs: 0, onUnexpected() {} } as const;
  await expect(openStudio({ ...wish, port: studio.port })).rejects.toThrow(
    `Port ${studio.port} is in use; leave --port out, and a free one is taken.`,
  );
});

it('garbage is answered or dropped, and harms nothing', async () => {
  for (const text of [
    '\x16\x03\x01\x02\x00',
    'GET\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`,
  ]) {
    const answer = await raw(text);
    expect([400, 431]).toContain(answer.status);
  }
  expect((await get('/api/palette')).status).toBe(200);
  expect(unexpected).toEqual([]);
});
