/**
 * The engine without a machine: every function that touches one takes a {@link Platform} first. `afterglow-engine` is this
 * with Node's bound to it; a page brings its own.
 *
 * ```ts
 * import { memoryPlatform, parseConfig, plan, run } from 'afterglow-engine/core';
 *
 * const platform = memoryPlatform();
 * await platform.files.makeFolder('/source_audio');
 * await platform.files.write('/source_audio/song.wav', bytes);
 * const { settings } = parseConfig('', 'config.yaml');
 * const work = await plan(platform, { projectFolder: '/', settings, seed: 7, phases: ['mine-pads'] });
 * const { textures } = await run(platform, work, { jobs: 0 });
 * ```
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
export type { Families, PartialSettings, Settings } from './config/settings.ts';
export { EMBEDDING_SIZE, embeddingDistance, embedSound } from './curation/embedding.ts';
export type { GradeReason } from './curation/grade.ts';
export type { Nearest } from './curation/select.ts';
export { type Sound, type SoundReader, soundReader } from './dsp/sound.ts';
export type { Admission } from './engine/admission.ts';
export { type Decided, type DecisionChange, decide } from './engine/decide.ts';
export { type Decision, type Decisions, readDecisions } from './engine/decisions.ts';
export type { Emit, MadeTexture, OtherEngine, RunEvent } from './engine/events.ts';
export type { Expectation } from './engine/expectation.ts';
export { type ExpectedFile, expectedFiles } from './engine/expected-files.ts';
export type { ExportLocation } from './engine/export-location.ts';
export { inspectSource, type SourceInspection } from './engine/inspect-source.ts';
export type { Layers } from './engine/layers.ts';
export { type MergeOptions, type MergeResult, merge } from './engine/merge.ts';
export type { Notice } from './engine/notice.ts';
export { plan } from './engine/plan.ts';
export { type DustPlan, type DustRequest, type FoundLayers, planDust } from './engine/plan-dust.ts';
export { openProject, type Project, type ProjectRequest } from './engine/project.ts';
export type { ProtectedPlace, StandingFiles, WhyProtected } from './engine/protected-file.ts';
export { type RouteOptions, routeByKind } from './engine/route-by-kind.ts';
export type { Route, RouteReason } from './engine/routes.ts';
export { type RunOptions, type RunResult, run } from './engine/run.ts';
export { freshSeed } from './engine/seed.ts';
export { parseShard, type Shard } from './engine/shard.ts';
export type { SkipReason } from './engine/skip-reason.ts';
export { type SourceRoute, sourceRoutes } from './engine/source-routes.ts';
export type { StaleOutcome, StaleTexture } from './engine/stale.ts';
export type { RunTally, TallyTexture } from './engine/tally.ts';
export type { EarlierWork, FolderReport, KeptUnit, Plan, PlanRequest, Share, Task } from './engine/task.ts';
export { ENGINE_VERSION } from './engine/version.ts';
export * from './errors.ts';
export type { FamilyDefinition, FamilyId, MakerId, PhaseId, SourceFolder } from './families/family.ts';
export { FAMILIES } from './families/index.ts';
export { phaseIds, phasesOfAll } from './families/lookup.ts';
export { type BatchResult, batch } from './palette/batch.ts';
export { previewBatch } from './palette/batch-plan.ts';
export type { BatchKit, BatchListener, BatchProducts, BatchRequest } from './palette/batch-request.ts';
export type { StepListener } from './palette/batch-steps.ts';
export type { RenderChanges } from './palette/changes.ts';
export type {
  ChoiceRequest,
  Choosing,
  ChosenOne,
  FamilyChoice,
  LeastGrade,
  NotChosenOne,
} from './palette/choose.ts';
export { type Curated, type CurateRequest, curate, type SelectionFacts } from './palette/curate.ts';
export type { DecidedSince } from './palette/decided-selection.ts';
export type { EmbeddingOptions } from './palette/embeddings.ts';
export {
  INSTRUMENT_FORMATS,
  type InstrumentRequest,
  type InstrumentResult,
  type WrittenInstrument,
  writeInstruments,
} from './palette/instrument.ts';
export {
  type KitFacts,
  type KitRequest,
  type KitResult,
  makeKit,
  previewKit,
  type SaidTexture,
} from './palette/kit.ts';
export type { KitFile } from './palette/kit-csv.ts';
export type { OwnProject } from './palette/origin-project.ts';
export { openPalette, type Palette, type PaletteTexture, readTexture } from './palette/palette.ts';
export { profileNames, readProfile } from './palette/profiles.ts';
export { render } from './palette/render.ts';
export type {
  NotRendered,
  NotRenderedReason,
  Rendered,
  RenderNote,
  RenderRequest,
} from './palette/rendered.ts';
export { type ReportRequest, type ReportResult, writeReport } from './palette/report.ts';
export { type ChosenTexture, readSelection, type Selection } from './palette/selection.ts';
export type { BatchStep, StepOutcome, StepReason } from './palette/step-outcome.ts';
export type { KitSource, KitTexture } from './palette/texture-choice.ts';
export { type KeyChoice, type KitWishes, type TuneMode, USUAL_WISHES } from './palette/wishes.ts';
export { memoryPlatform } from './platform/memory/platform.ts';
export type { Platform } from './platform/platform.ts';
export type { PreviewSize } from './report/preview.ts';
export { SOURCE_KINDS, type SourceKind } from './settings/source-kinds.ts';
export type { Adaptation } from './targets/adaptation.ts';
export { type Candidate, fairOrder } from './targets/candidate.ts';
export type { NameFacts } from './targets/device-names.ts';
export { TARGETS } from './targets/index.ts';
export type { FamilyLevel, LevelMode } from './targets/kit-levels.ts';
export type { LeftOutReason } from './targets/left-out.ts';
export { parseProfile } from './targets/parse-profile.ts';
export type { KitPlan, KitSize, KitSlot, LeftOut } from './targets/plan.ts';
export { planKit } from './targets/plan-kit.ts';
export type { KnownValue, Profile } from './targets/profile.ts';
export type { SoundFacts, WantedShape } from './targets/shape.ts';
export type {
  DeviceTarget,
  FittedSample,
  IndexFile,
  MadeSample,
  OutputFile,
  PlayerTarget,
  TargetDefinition,
  TargetTexture,
} from './targets/target.ts';
export { gradeWords } from './wording/grades.ts';
export { adaptationText, leftOutText } from './wording/kits.ts';
export { noticeWords } from './wording/notices.ts';
export { notRenderedWords, renderNoteWords } from './wording/renders.ts';
export { routeWords } from './wording/routes.ts';
export { skipWords } from './wording/skips.ts';
export { stepWords } from './wording/steps.ts';
