/** As in the manifest (`type`), in selections and kits. */
export type FamilyId = string;
/** As in the manifest (`making`), cache and events. */
export type MakerId = string;
/** As on the command line. */
export type PhaseId = string;
