import type { TargetCatalog } from '../engines/ports.js';
import type { Finding } from '../model/finding.js';
import type { UserType } from '../model/table.js';
import type { TablePlan } from './plan.js';

export interface UserTypePlan {
  /** In an order in which they can be created: each table lists a type after those that it is made of. */
  readonly toCreate: readonly UserType[];
  readonly findings: readonly Finding[];
}

/** Types are made only for tables that are made; a table that exists brings its own. */
export function planUserTypes(tables: readonly TablePlan[], target: TargetCatalog): UserTypePlan {
  const existing = new Map(target.userTypes.map((type) => [typeKey(type), type]));
  const toCreate = new Map<string, UserType>();
  const findings = new Map<string, Finding>();
  for (const table of tables) {
    if (table.load.kind === 'none') continue;
    const isMade = table.structure.kind === 'create' || table.structure.kind === 'recreate';
    for (const type of table.target.mapping.userTypes) {
      const found = existing.get(typeKey(type));
      if (found === undefined && !isMade) continue;
      if (found === undefined && type.kind !== 'extension' && type.kind !== 'other') toCreate.set(typeKey(type), type);
      const finding = judgeType(type, found);
      if (finding !== null) findings.set(typeKey(type), finding);
    }
  }
  return { toCreate: [...toCreate.values()], findings: [...findings.values()] };
}

function judgeType(type: UserType, found: UserType | undefined): Finding | null {
  const object = `type ${type.schema}.${type.name}`;
  if (found === undefined) return missingType(object, type);
  if (type.kind === 'extension' || (found.kind === type.kind && found.definition === type.definition)) return null;
  return {
    check: 'plan.type-differs',
    severity: 'error',
    object,
    found: `the source has ${type.kind} ${type.definition}, the target ${found.kind} ${found.definition}.`,
    why: 'Values that only the source knows would be refused, or mean something else.',
    fix: 'Make the type on the target equal to the one on the source, or drop it there if nothing uses it.',
  };
}

function missingType(object: string, type: UserType): Finding | null {
  if (type.kind === 'extension') return missingExtension(object, type);
  return type.kind === 'other' ? missingOther(object) : null;
}

function missingOther(object: string): Finding {
  return {
    check: 'plan.type-missing',
    severity: 'error',
    object,
    found: 'the type is the row type of a table, or one that is written in C, and the target does not have it.',
    why: 'Tables with columns of this type cannot be created, and dmsctl does not make types of these kinds.',
    fix: 'Create the table or the type on the target first, or leave the tables that use it out: tables.exclude.',
  };
}

function missingExtension(object: string, type: UserType): Finding {
  return {
    check: 'plan.extension-missing',
    severity: 'error',
    object,
    found: `the type belongs to the extension ${type.definition}, which the target does not have.`,
    why: 'Tables with columns of this type cannot be created.',
    fix: `Install it on the target:\n  CREATE EXTENSION "${type.definition.replaceAll('"', '""')}";`,
  };
}

function typeKey(type: UserType): string {
  return JSON.stringify([type.schema, type.name]);
}
