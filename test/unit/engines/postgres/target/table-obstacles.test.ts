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
};
const INCOMING: ForeignKeyOnTable = { ...OUTGOING, relation: 'public.child', comment: "it's", direction: 'incoming' };

function names(way: { isReplicaRoleAllowed: boolean; isTruncated: boolean }): readonly string[] {
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
