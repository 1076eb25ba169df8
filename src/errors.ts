/**
 * The engine's errors. Every message is one plain sentence that names the file and says what to do;
 * `code` is for programs, `context` for logs, `cause` keeps the original.
 */

export type ErrorCode =
  | 'malformed-file'
  | 'unsupported-format'
  | 'config'
  | 'file-system'
  | 'disk-full'
  | 'not-allowed'
  | 'busy'
  | 'processing'
  | 'limit';

export interface ErrorDetails {
  context?: Record<string, unknown>;
  cause?: unknown;
}

/** Base of every error the engine throws on purpose. */
export class AfterglowError extends Error {
  readonly code: ErrorCode;
  readonly context: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.context = details.context ?? {};
  }
}

/** The sound itself cannot be used. */
export class AudioError extends AfterglowError {}

/** The file claims a format and breaks its rules. */
export class MalformedFileError extends AudioError {
  constructor(message: string, details?: ErrorDetails) {
    super('malformed-file', message, details);
  }
}

/** The file may be fine, but this engine does not read its format. */
export class UnsupportedFormatError extends AudioError {
  constructor(message: string, details?: ErrorDetails) {
    super('unsupported-format', message, details);
  }
}

/** A setting, flag or config file is wrong. */
export class ConfigError extends AfterglowError {
  constructor(message: string, details?: ErrorDetails) {
    super('config', message, details);
  }
}

/** The disk failed. */
export class FileSystemError extends AfterglowError {
  constructor(message: string, details?: ErrorDetails, code: ErrorCode = 'file-system') {
    super(code, message, details);
  }
}

/** No space left: writing stops, what is written stays. */
export class DiskFullError extends FileSystemError {
  constructor(message: string, details?: ErrorDetails) {
    super(message, details, 'disk-full');
  }
}

/** Permission denied, or a path outside the export root. */
export class NotAllowedError extends FileSystemError {
  constructor(message: string, details?: ErrorDetails) {
    super(message, details, 'not-allowed');
  }
}

/** Another run is working in the export folder. */
export class BusyError extends AfterglowError {
  constructor(message: string, details?: ErrorDetails) {
    super('busy', message, details);
  }
}

/** A step of the engine could not do its work on this sound. */
export class ProcessingError extends AfterglowError {
  constructor(message: string, details?: ErrorDetails) {
    super('processing', message, details);
  }
}

/** The input is larger than a stated bound. */
export class LimitError extends AfterglowError {
  constructor(message: string, details?: ErrorDetails) {
    super('limit', message, details);
  }
}
