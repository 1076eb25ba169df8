/**
 * What the studio's server and its page say to each other: JSON over loopback, types only. Everything lies under the
 * session that `GET /?token=…` opens; whoever has none receives 401 and nothing else.
 *
 * | request | answer |
 * | --- | --- |
 * | `GET /api/palette` | {@link PaletteAnswer} |
 * | `GET /api/map` | {@link MapAnswer} |
 * | `GET /api/neighbours/ID?count=8` | {@link NeighboursAnswer} |
 * | `GET /api/sound/ID` | the WAV; ranges, `ETag` |
 * | `GET /api/picture/ID` | waveform and spectrum of a cell, as a report packs them (`report/page/overview.ts`) |
 * | `GET /api/song/ID?from=0` | a WAV of a piece of its source, with {@link ContextHeaders} |
 * | `GET /api/context/ID?before=8&after=8` | a WAV of its source, with {@link ContextHeaders} |
 * | `GET /api/sources/ID` | {@link SourceAnswer} |
 * | `POST /api/decisions` | {@link DecisionsRequest} → {@link DecisionsAnswer} |
 * | `GET /api/profiles` | {@link ProfilesAnswer} |
 * | `POST /api/kit/plan` | {@link KitPlanRequest} → {@link KitPlanAnswer} |
 * | `POST /api/kit` | {@link KitRequest} → {@link KitAnswer} |
 * | `GET /api/instruments` | {@link InstrumentFormatsAnswer} |
 * | `POST /api/instrument` | {@link InstrumentRequest} → {@link InstrumentAnswer} |
 * | `GET /api/phases?export=ID` | {@link PhasesAnswer} |
 * | `POST /api/run` | {@link RunRequest} → {@link JobAnswer} |
 * | `POST /api/mine` | {@link MineRequest} → {@link JobAnswer} |
 * | `POST /api/render` | {@link RenderRequest} → {@link JobAnswer} |
 * | `GET /api/versions/ID` | {@link VersionOffer} |
 * | `POST /api/versions/keep` | {@link VersionRequest} → {@link KeepVersionAnswer} |
 * | `POST /api/versions/release` | {@link VersionRequest} → {@link ReleaseVersionAnswer} |
 * | `POST /api/stop` | `{}` → {@link JobAnswer} |
 * | `GET /api/events` | server-sent events, each a {@link StudioEvent} as unnamed `data:` |
 *
 * Every POST carries `content-type: application/json`. Every failure is an {@link ErrorAnswer} with a status of 400 and above.
 */
export type * from './protocol/decisions.ts';
export type * from './protocol/events.ts';
export type * from './protocol/instruments.ts';
export type * from './protocol/jobs.ts';
export type * from './protocol/kits.ts';
export type * from './protocol/map.ts';
export type * from './protocol/palette.ts';
export type * from './protocol/runs.ts';
export type * from './protocol/sources.ts';
export type * from './protocol/textures.ts';
