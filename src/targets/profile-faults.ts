/** What is wrong with a profile's file, in the words of somebody who wrote it. */
import type * as z from 'zod';
import { listed } from '../reasons/listed.ts';

type Issue = z.core.$ZodIssue;

/** JSON's kinds of values, as one calls them. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  array: 'a list in brackets',
  object: 'an object in braces',
  boolean: 'true or false',
};

/**
 * A fault a key: `channels: must be 1 or 2`. A figure that stands for itself is called by its own key.
 * @param issues with their inputs
 */
export function profileFaults(issues: readonly Issue[]): string[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((key, i) => i !== 1 || key !== 'value');
    const at = keyWords(path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `${keyWords([...path, key])}: is no key of a profile; leave it out`);
    }
    return [`${at === '' ? 'the file' : at}: ${faultWords(issue)}`];
  });
}

/** `zones.source`, and `channels, entry 1`: places in a list count from 1. */
function keyWords(path: readonly PropertyKey[]): string {
  const words = path.map((key) => (typeof key === 'number' ? `, entry ${key + 1}` : `.${String(key)}`));
  return words.join('').replace(/^(\.|, )/, '');
}

function faultWords(issue: Issue): string {
  if (issue.code === 'custom' || issue.message.startsWith('must ')) return issue.message;
  switch (issue.code) {
    case 'invalid_type': {
      const { input, path } = issue;
      const isMissing = input === undefined ? 'is missing; it ' : '';
      const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
      const orFigure = isObject && path.at(-1) === 'value' ? ', or an object with value and confidence' : '';
      return `${isMissing}must be ${KINDS[issue.expected] ?? `a value of kind ${issue.expected}`}${orFigure}`;
    }
    case 'invalid_value':
      return `must be ${oneOf(issue.values.map(String))}`;
    case 'invalid_union':
      return `must be ${oneOf(issue.errors.flatMap((each) => each.map(faultWords)).map((words) => words.replace(/^must be /, '')))}`;
    case 'too_small':
      if (issue.origin === 'string') return 'must not be empty';
      if (issue.origin === 'array') return 'must hold at least one entry';
      return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'must be a web address' : 'is not understood';
    default:
      return 'is not understood';
  }
}

function oneOf(words: readonly string[]): string {
  return listed([...new Set(words)], 'or');
}
