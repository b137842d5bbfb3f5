import { DmsctlError } from '../errors/dmsctl-error.js';
import { formatSpecProblem, SpecProblems, type SpecProblem } from '../model/spec-problem.js';
import type { LinePosition, SourceMap } from './source-map.js';
import { formatPath, toPointer, type SpecPath } from './spec-path.js';

const LINES_MAX = 100;

interface ProblemOptions {
  /** Which of the two the problem is about; a value unless said otherwise. */
  readonly at?: 'key' | 'value';
  readonly suggestion?: string | null;
}

/** Collects what is wrong with one spec file, so that all of it is reported at once. */
export class ProblemList {
  readonly #problems: SpecProblem[] = [];
  /** Pointers that have a problem: what follows from it is not reported. */
  readonly #reported = new Set<string>();
  readonly #file: string;
  readonly #sourceMap: SourceMap;

  constructor(file: string, sourceMap: SourceMap) {
    this.#file = file;
    this.#sourceMap = sourceMap;
  }

  get isEmpty(): boolean {
    return this.#problems.length === 0;
  }

  /** Keeps the first problem of a path. A missing key has a path too; it stands where the map does. */
  add(path: SpecPath, message: string, { at = 'value', suggestion = null }: ProblemOptions = {}): void {
    const pointer = toPointer(path);
    if (this.#reported.has(pointer)) return;
    this.#reported.add(pointer);
    this.#push(this.#sourceMap.locate(path, at), { path, message, suggestion });
  }

  addAtOffset(offset: number, path: SpecPath, message: string): void {
    this.#push(this.#sourceMap.atOffset(offset), { path, message, suggestion: null });
  }

  #push(
    { line, column }: LinePosition,
    problem: { readonly path: SpecPath; readonly message: string; readonly suggestion: string | null },
  ): void {
    this.#problems.push({ ...problem, file: this.#file, line, column, path: formatPath(problem.path) });
  }

  throwIfAny(code: 'SPEC_INVALID' | 'SPEC_NOT_SUPPORTED_YET'): void {
    if (this.isEmpty) return;
    const sorted = [...this.#problems].sort((a, b) => a.line - b.line || a.column - b.column);
    const lines = sorted.slice(0, LINES_MAX).map(formatSpecProblem);
    if (sorted.length > LINES_MAX) lines.push(`and ${sorted.length - LINES_MAX} more`);
    throw new DmsctlError(code, { detail: lines.join('\n'), fix: FIX[code], cause: new SpecProblems(sorted) });
  }
}

const FIX = {
  SPEC_INVALID: 'Mend the lines above, then check again:\n\n  dmsctl validate',
  SPEC_NOT_SUPPORTED_YET: 'Take these keys out, or give them a supported value. Nothing was connected to.',
} as const;
