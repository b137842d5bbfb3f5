import { expect, it } from 'vitest';
import { enumMembers } from '../../../../src/engines/mysql/enum-members.js';

it.each([
  ["enum('a','b')", ['a', 'b']],
  ["enum('a,b','it''s','''')", ['a,b', "it's", "'"]],
  [String.raw`enum('x\\y','n\nl','c\rr','z\0z','\\')`, ['x\\y', 'n\nl', 'c\rr', 'z\0z', '\\']],
  ["set('',' sp','日本')", ['', ' sp', '日本']],
  [`enum('q"','(',')')`, ['q"', '(', ')']],
])('%s', (columnType, members) => {
  expect(enumMembers(columnType)).toEqual(members);
});
