/** Something that changes a disk: the least that can fail, or be the last that happens. */
export interface Step {
  readonly what: 'write' | 'append' | 'copy' | 'make-folder' | 'rename' | 'remove';
  /** Of what is changed; where it is a rename, the new one. */
  readonly path: string;
}

/**
 * `refused`: the step fails, as where a disk is full or broken, and half of what was to be written is there. `power-cut`: the
 * step is done, and nothing can be done after it.
 */
export type Fault = 'refused' | 'power-cut';
