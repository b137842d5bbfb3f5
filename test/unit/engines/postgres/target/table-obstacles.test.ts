import { describe, expect, it } from 'vitest';
import {
  type ForeignKeyOnTable,
  judgeObstacles,
  type TriggerMode,
  type TriggerOnTable,
} from '../../../../../src/engines/postgres/table-obstacles.js';

const MODES: readonly TriggerMode[] = ['O', 'R', 'A', 'D'];
const TRIGGERS: readonly TriggerOnTable[] = MODES.map((mode) => ({ relation: 'public.t', name: `on "${mode}"`, mode }));
const OUTGOING: ForeignKeyOnTable = {
  relation: 'public.t',
  name: 'parent',
  definition: 'FOREIGN KEY (p) REFERENCES public.p(id) NOT VALID',
  comment: null,
  direction: 'outgoing',
  isOfTable: 't',
  isValidated: 'f',
  checkSql: null,
};
const INCOMING: ForeignKeyOnTable = { ...OUTGOING, relation: 'public.child', comment: "it's", direction: 'incoming' };

function names(way: { isReplicaRoleAllowed: boolean; isTruncated: boolean }): readonly (string | null)[] {
  return judgeObstacles(TRIGGERS, [OUTGOING, INCOMING], way).map(({ takeAsideSql }) => takeAsideSql);
}

describe('obstacles to a load', () => {
  it.each([
    [{ isReplicaRoleAllowed: true, isTruncated: false }, ['on ""R""', 'on ""A""']],
    [{ isReplicaRoleAllowed: true, isTruncated: true }, ['on ""R""', 'on ""A""', 'public.child DROP']],
    [{ isReplicaRoleAllowed: false, isTruncated: false }, ['on ""O""', 'on ""A""', 'public.t DROP']],
    [
      { isReplicaRoleAllowed: false, isTruncated: true },
      ['on ""O""', 'on ""A""', 'public.t DROP', 'public.child DROP'],
    ],
  ])('%o: only what would act on the rows', (way, expected) => {
    const taken = names(way);
    expect(taken).toHaveLength(expected.length);
    expected.forEach((part, index) => {
      expect(taken[index]).toContain(part);
    });
  });

  it('puts each trigger back into the mode it had', () => {
    const [replica, always] = judgeObstacles(TRIGGERS, [], { isReplicaRoleAllowed: true, isTruncated: false });
    expect(replica?.putBackSql).toEqual(['ALTER TABLE ONLY public.t ENABLE REPLICA TRIGGER "on ""R"""']);
    expect(always?.putBackSql).toEqual(['ALTER TABLE ONLY public.t ENABLE ALWAYS TRIGGER "on ""A"""']);
  });

  it('only checks a key that is silenced, and one of a partition in no other way', () => {
    const key: ForeignKeyOnTable = { ...OUTGOING, isValidated: 't', checkSql: 'SELECT 1' };
    const silenced = { isReplicaRoleAllowed: true, isTruncated: true };
    expect(judgeObstacles([], [key], silenced)).toEqual([{ takeAsideSql: null, putBackSql: ['SELECT 1'] }]);
    const temporal: ForeignKeyOnTable = { ...key, checkSql: null };
    expect(judgeObstacles([], [temporal], silenced)[0]?.takeAsideSql).toContain('DROP CONSTRAINT');
    expect(judgeObstacles([], [{ ...key, isOfTable: 'f' }], { ...silenced, isReplicaRoleAllowed: false })).toEqual([]);
  });

  it('puts a foreign key back as it was, comment included', () => {
    const way = { isReplicaRoleAllowed: false, isTruncated: true };
    const putBack = judgeObstacles([], [OUTGOING, INCOMING], way).flatMap(({ putBackSql }) => putBackSql);
    expect(putBack).toEqual([
      'ALTER TABLE public.t ADD CONSTRAINT "parent" FOREIGN KEY (p) REFERENCES public.p(id) NOT VALID',
      'ALTER TABLE public.child ADD CONSTRAINT "parent" FOREIGN KEY (p) REFERENCES public.p(id) NOT VALID',
      `COMMENT ON CONSTRAINT "parent" ON public.child IS 'it''s'`,
    ]);
  });
});
