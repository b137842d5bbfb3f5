import type { ExistingTable } from '../engines/ports.js';
import type { Finding } from '../model/finding.js';
import type { TableDefinition } from '../model/table.js';
import type { TableMapping } from '../model/table-mapping.js';
import type { TableProgress } from '../model/task-progress.js';
import type { TaskSpec } from '../spec/spec.js';
import { tableAddress } from '../state/address.js';
import { type ComparedTable, compareTable } from './compare-table.js';
import { decideTable, type TableDecision } from './decide-table.js';
import { refusalFinding, warningFinding } from './decision-findings.js';
import { generatedNotes, type MappingContext, mapTable } from './map-table.js';
import { loadBasis, mappingFingerprint } from './mapping-fingerprint.js';
import { hasWork, type TablePlan } from './plan.js';
import { checkKey, checkNames, checkRelation, checkZeroDates } from './table-checks.js';

export interface TableContext extends MappingContext {
  readonly task: TaskSpec;
  readonly existing: ExistingTable | null;
  readonly progress: TableProgress | null;
  readonly isLoadedByState: boolean;
}

export interface PlannedTable {
  /** `null` when an error stands in the way. */
  readonly plan: TablePlan | null;
  readonly findings: readonly Finding[];
}

export function planTable(table: TableDefinition, context: TableContext): PlannedTable {
  const mapped = mapTable(table, context);
  if (mapped.kind === 'refused') return { plan: null, findings: mapped.findings };
  const wrongRelation = checkRelation(mapped.mapping, context.existing);
  if (wrongRelation.length > 0) return { plan: null, findings: wrongRelation };
  const compared = fitToTarget(mapped.mapping, context);
  const decision = decide(compared.mapping, context);
  const { progress } = context;
  if (decision.kind === 'refuse') {
    return { plan: null, findings: [refusalFinding(decision.reason, compared.mapping, progress)] };
  }
  const { warning } = decision;
  const decided = warning === undefined ? [] : [warningFinding(warning, compared.mapping, progress)];
  const plan = toTablePlan(compared, decision, context);
  // A table that is finished has nothing to warn of: its load was reviewed when it was planned.
  if (!hasWork(plan)) return { plan, findings: decided };
  // A table that is made anew need not look like the one that stands there.
  const isMade = decision.structure.kind === 'create' || decision.structure.kind === 'recreate';
  const findings = [
    ...decided,
    ...mapped.findings,
    ...(isMade ? [] : compared.findings),
    ...checkKey(compared.mapping, context.task.policies.noPrimaryKey),
    ...checkNames(compared.mapping, context.typeMapper),
    ...checkZeroDates(compared.mapping, isMade ? null : context.existing, {
      sourceEngine: context.sourceEngine,
      zeroDate: context.task.policies.zeroDate,
    }),
  ];
  return { plan: findings.some(({ severity }) => severity === 'error') ? null : plan, findings };
}

/** With `recreate` the table that stands there does not matter, unless a load into it is under way or done. */
function fitToTarget(mapping: TableMapping, context: TableContext): ComparedTable {
  const { existing, progress, task, typeMapper } = context;
  const isReplaced = task.prepare === 'recreate' && (progress === null || progress.phase === 'prepared');
  if (existing === null || isReplaced) return { mapping, findings: [], notes: [] };
  return compareTable(mapping, existing, {
    relateTypes: (wanted, found) => typeMapper.relateTypes(wanted, found),
    isKeyPending: progress?.isCreatedByTask === true && progress.phase !== 'loaded',
  });
}

function decide(mapping: TableMapping, { task, existing, progress, isLoadedByState }: TableContext): TableDecision {
  return decideTable({
    prepare: task.prepare,
    existingRows: task.policies.existingRows,
    existing,
    progress,
    fingerprint: mappingFingerprint(mapping),
    loadBasis: loadBasis(mapping, task.policies),
    isLoadedByState,
  });
}

function toTablePlan(
  { mapping, notes }: ComparedTable,
  { structure, load }: Extract<TableDecision, { kind: 'act' }>,
  { task, existing, progress }: TableContext,
): TablePlan {
  return {
    address: tableAddress(task.name, mapping.source),
    target: {
      mapping,
      mappingFingerprint: mappingFingerprint(mapping),
      loadBasis: loadBasis(mapping, task.policies),
      prepare: task.prepare,
      exists: existing !== null,
      keepsRows: task.policies.existingRows === 'keep',
    },
    structure,
    load,
    hasObjectsToRestore: progress?.hasObjectsToRestore ?? false,
    notes: [...generatedNotes(mapping), ...notes],
    sql: [],
  };
}
