/**
 * afterglow-engine as a library: the same engine that the command line drives. docs/LIBRARY.md shows how to use it.
 *
 * ```ts
 * import { parseConfig, plan, run } from 'afterglow-engine';
 *
 * const { settings } = parseConfig('pad_miner: { target_durations_sec: [4] }', 'config.yaml');
 * const work = await plan({ projectFolder: '/music', settings, seed: 7, phases: ['mine-pads'] });
 * const result = await run(work, {
 *   onEvent: (event) => event.kind === 'texture-made' && console.log(event.texture.path),
 * });
 * console.log(result.textures.length, 'textures, listed in', result.manifest);
 * ```
 *
 * `plan` reads no sound, `run` never throws for a source that fails (see `result.failed`), and everything
 * it writes lies in the export folder that the settings name.
 */

export { analyse } from './analysis/analyse.ts';
export type { Analysis, Track } from './analysis/analysis.ts';
export type { KeyEstimate } from './analysis/key.ts';
export type { RootEstimate } from './analysis/root.ts';
export type { StableRegions } from './analysis/stability.ts';
export type { TempoEstimate } from './analysis/tempo.ts';
export type { ManifestRow } from './archive/manifest-row.ts';
export { type OpenedSource, openSource, type SourceFacts } from './archive/source.ts';
export { defaultConfigText } from './config/default-text.ts';
export { defaultSettings } from './config/defaults.ts';
export { configJsonSchema } from './config/json-schema.ts';
export { type ParsedConfig, type ParseOptions, parseConfig } from './config/parse.ts';
export { PRESET_NAMES, type PresetName } from './config/presets.ts';
export type { PartialSettings, Settings } from './config/settings.ts';
export { SOURCE_KINDS, type SourceKind } from './config/source-kinds.ts';
export { EMBEDDING_SIZE, embeddingDistance, embedSound } from './curation/embedding.ts';
export type { Nearest } from './curation/select.ts';
export { type Sound, type SoundReader, soundReader } from './dsp/sound.ts';
export type { Admission } from './engine/admission.ts';
export { type Decision, type Decisions, readDecisions } from './engine/decisions.ts';
export type { DustLayers } from './engine/dust.ts';
export type { Emit, MadeTexture, OtherEngine, RunEvent } from './engine/events.ts';
export type { Expectation } from './engine/expectation.ts';
export { type ForecastFile, forecast } from './engine/forecast.ts';
export { type Hearing, listen } from './engine/listen.ts';
export { type MergeOptions, type MergeResult, merge } from './engine/merge.ts';
export { type Making, PHASES, PHASES_OF_ALL, type Phase, type SourceFolder } from './engine/phases.ts';
export { plan } from './engine/plan.ts';
export { type DustPlan, type DustRequest, planDust } from './engine/plan-dust.ts';
export { openProject, type Project, type ProjectRequest } from './engine/project.ts';
export type { ProtectedPlace, StandingFiles, WhyProtected } from './engine/protected-file.ts';
export { type RouteOptions, routeByEar } from './engine/route-by-ear.ts';
export type { Route } from './engine/routes.ts';
export { type RunOptions, type RunResult, run } from './engine/run.ts';
export { freshSeed } from './engine/seed.ts';
export { parseShard, type Shard } from './engine/shard.ts';
export type { Site } from './engine/site.ts';
export { type SourceRoute, sourceRoutes } from './engine/source-routes.ts';
export type { StaleOutcome, StaleTexture } from './engine/stale.ts';
export type { RunTally, TallyTexture } from './engine/tally.ts';
export type { EarlierWork, FolderReport, KeptUnit, Plan, PlanRequest, Share, Task } from './engine/task.ts';
export { ENGINE_VERSION } from './engine/version.ts';
export * from './errors.ts';
export { type Candidate, fairOrder } from './kits/candidate.ts';
export type { NameFacts } from './kits/device-names.ts';
export { type KitPlan, type KitSize, type KitSlot, type LeftOut, planKit } from './kits/plan.ts';
export { type Figure, type Profile, parseProfile } from './kits/profile.ts';
export type { SoundFacts, WantedShape } from './kits/shape.ts';
export {
  type BatchKit,
  type BatchListener,
  type BatchRequest,
  type BatchResult,
  batch,
  foreseeBatch,
} from './palette/batch.ts';
export type { BatchStep, StepListener, StepOutcome } from './palette/batch-steps.ts';
export type { RenderChanges } from './palette/changes.ts';
export type {
  ChoiceRequest,
  Choosing,
  ChosenOne,
  FamilyChoice,
  LeastGrade,
  PassedOverOne,
} from './palette/choose.ts';
export { type Curated, type CurateRequest, curate } from './palette/curate.ts';
export { type Decided, type DecisionChange, decide } from './palette/decide.ts';
export type { DecidedSince } from './palette/decided-selection.ts';
export type { EmbeddingOptions } from './palette/embeddings.ts';
export {
  INSTRUMENT_FORMATS,
  type InstrumentFormat,
  type InstrumentRequest,
  type InstrumentResult,
  type WrittenInstrument,
  writeInstruments,
} from './palette/instrument.ts';
export { foreseeKit, type KitRequest, type KitResult, makeKit } from './palette/kit.ts';
export type { KitTexture, KitWish } from './palette/kit-choice.ts';
export type { KitFile } from './palette/kit-csv.ts';
export type { OwnProject } from './palette/origin-project.ts';
export { openPalette, type Palette, type PaletteTexture, readTexture } from './palette/palette.ts';
export { profileNames, readProfile } from './palette/profiles.ts';
export { type NotRendered, type Rendered, type RenderRequest, render } from './palette/render.ts';
export { type ReportRequest, type ReportResult, writeReport } from './palette/report.ts';
export { type ChosenTexture, readSelection, type Selection } from './palette/selection.ts';
export type { PreviewSize } from './report/preview.ts';
export { FAMILIES, type Family } from './textures/texture.ts';
