/** Something that changes a disk: the least that can fail, and between two of which the power can go. */
export interface Step {
  readonly what: 'write' | 'append' | 'copy' | 'make-folder' | 'rename' | 'remove';
  /** Of what is changed; where it is a rename, the new one. */
  readonly path: string;
}

/** Asked before each step. True has it fail, as where a disk is full or broken; half of what was to be written is there then. */
export type FailsAt = (step: Step) => boolean;
