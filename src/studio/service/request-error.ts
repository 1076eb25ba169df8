import { AfterglowError, type ErrorCode } from '../../errors.ts';
import type { ErrorAnswer } from '../protocol.ts';

type RequestErrorCode =
  | 'unauthorised'
  | 'forbidden'
  | 'not-found'
  | 'bad-request'
  | 'too-large'
  | 'needs-force'
  /** With a job of the studio's own: `busy` is another program. */
  | 'at-work'
  | 'unsupported';

/** A request that is not carried out, and why, in a sentence. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: RequestErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: RequestErrorCode,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function badRequest(message: string): RequestError {
  return new RequestError(400, 'bad-request', message);
}

export function notFound(message = 'There is nothing at this address.'): RequestError {
  return new RequestError(404, 'not-found', message);
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  config: 400,
  'malformed-file': 422,
  'unsupported-format': 422,
  limit: 422,
  'not-allowed': 403,
  busy: 409,
  'disk-full': 507,
};

/** How an error is answered. What is unexpected says nothing of the inside. */
export function errorAnswer(error: unknown): {
  status: number;
  answer: ErrorAnswer;
  headers: Readonly<Record<string, string>>;
} {
  if (error instanceof RequestError) {
    const { status, code, message, headers } = error;
    return { status, answer: { error: { code, message } }, headers };
  }
  if (error instanceof AfterglowError) {
    const { code, message } = error;
    return { status: STATUS[code] ?? 500, answer: { error: { code, message } }, headers: {} };
  }
  const message = 'Something unexpected went wrong; the terminal says what.';
  return { status: 500, answer: { error: { code: 'unexpected', message } }, headers: {} };
}

/** Whether it is a fault of the program, and not of a request, a file or a disk. */
export function isUnexpected(error: unknown): boolean {
  return !(error instanceof RequestError || error instanceof AfterglowError);
}
