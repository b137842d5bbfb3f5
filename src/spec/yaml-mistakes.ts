import type { ErrorCode } from 'yaml';

/** In our own words: the library's messages can quote the text, and the text can be a password. */
const MISTAKES: Record<ErrorCode, string> = {
  ALIAS_PROPS: 'an alias (*name) cannot have an anchor or a tag',
  BAD_ALIAS: 'not a valid alias or anchor; put text that starts with * or & in quotes',
  BAD_COLLECTION_TYPE: 'the tag does not fit what follows it',
  BAD_DIRECTIVE: 'not a valid directive; text that starts with % must be in quotes',
  BAD_DQ_ESCAPE: 'not a valid escape in double quotes; write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'wrong indentation',
  BAD_PROP_ORDER: 'an anchor or a tag stands in the wrong place',
  BAD_SCALAR_START: 'text cannot start with this character here; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a value cannot start here: a second ":" in one line needs quotes around the text',
  BLOCK_IN_FLOW: 'an indented block cannot stand inside [ ] or { }',
  DUPLICATE_KEY: 'the same key stands here twice',
  IMPOSSIBLE: 'not valid YAML',
  KEY_OVER_1024_CHARS: 'a key cannot be longer than 1024 characters',
  MISSING_CHAR: 'a character is missing here: a closing quote or bracket, a comma, a colon or a space',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line, followed by ":"',
  MULTIPLE_ANCHORS: 'a value can have only one anchor',
  MULTIPLE_DOCS: 'a second document starts here (---); a spec is one document',
  MULTIPLE_TAGS: 'a value can have only one tag',
  NON_STRING_KEY: 'a key must be text',
  RESOURCE_EXHAUSTION: 'nested too deeply',
  TAB_AS_INDENT: 'indented with a tab; YAML takes only spaces',
  TAG_RESOLVE_FAILED: 'this tag is not known; leave it out',
  UNEXPECTED_TOKEN: 'not expected here; text with special characters must be in quotes',
};

export function describeYamlMistake(code: ErrorCode): string {
  return MISTAKES[code];
}
