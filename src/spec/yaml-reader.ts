import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair } from 'yaml';
import { ProblemList } from './problem-list.js';
import { SourceMap } from './source-map.js';
import type { SpecPath } from './spec-path.js';
import { describeYamlMistake } from './yaml-mistakes.js';

/** Far above any real spec; they stop alias bombs and runaway nesting. */
const NODES_MAX = 200_000;
const DEPTH_MAX = 50;

export interface YamlText {
  /** Maps (without prototype), arrays, text, numbers, booleans and null. */
  readonly value: unknown;
  /** False when the text is not YAML; what is wrong with it is then among the problems. */
  readonly isUsable: boolean;
  readonly problems: ProblemList;
}

/** Reads one YAML 1.2 document (core schema) and remembers where everything stands. `file` is the name to show. */
export function readYaml(text: string, file: string): YamlText {
  const lines = new LineCounter();
  const sourceMap = new SourceMap(lines);
  const problems = new ProblemList(file, sourceMap);
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    prettyErrors: false,
    uniqueKeys: false, // Found below, where the path is known.
    lineCounter: lines,
  });
  for (const { code, pos } of [...document.errors, ...document.warnings]) {
    problems.addAtOffset(pos[0], [], describeYamlMistake(code));
  }
  refuseOldVersion(document, problems);
  if (!problems.isEmpty) return { value: null, isUsable: false, problems };
  const value = new TreeReader(sourceMap, problems).read(document.contents, [], null);
  return { value, isUsable: true, problems };
}

/** `%YAML 1.1` would make `no` a boolean and 0123 an octal number. */
function refuseOldVersion(document: Document.Parsed, problems: ProblemList): void {
  if (document.directives.yaml.version !== '1.2') problems.addAtOffset(0, [], 'a spec is YAML 1.2; leave %YAML out');
}

/** Turns syntax nodes into plain values. One reader a document: it knows the anchors met so far. */
class TreeReader {
  readonly #sourceMap: SourceMap;
  readonly #problems: ProblemList;
  readonly #anchors = new Map<string, Node>();
  /** Nodes being read; an alias to one of them would never end. */
  readonly #open = new Set<Node>();
  #nodes = 0;

  constructor(sourceMap: SourceMap, problems: ProblemList) {
    this.#sourceMap = sourceMap;
    this.#problems = problems;
  }

  read(node: Node | null, path: SpecPath, keyOffset: number | null): unknown {
    const offset = node?.range?.[0] ?? keyOffset ?? 0;
    this.#sourceMap.record(path, { key: keyOffset, value: offset });
    if (node === null || !this.#hasRoom(path)) return null;
    const target = isAlias(node) ? this.#anchors.get(node.source) : node;
    // The alias is not named: an unquoted password can begin with *.
    if (target === undefined) return this.#refuse(path, 'no such anchor before; put text that starts with * in quotes');
    if (this.#open.has(target)) return this.#refuse(path, 'this alias contains itself');
    if (target.anchor !== undefined) this.#anchors.set(target.anchor, target);
    this.#open.add(target);
    const value = this.#readContent(target, path);
    this.#open.delete(target);
    return value;
  }

  #readContent(node: Node, path: SpecPath): unknown {
    if (isScalar(node)) return this.#readScalar(node.value, path);
    if (isSeq<Node>(node)) return node.items.map((item, index) => this.read(item, [...path, index], null));
    return isMap<Node, Node | null>(node) ? this.#readMap(node.items, path) : null;
  }

  #readScalar(value: unknown, path: SpecPath): unknown {
    if (typeof value === 'string' && value.includes('\0')) return this.#refuse(path, 'holds a NUL character');
    return value;
  }

  #readMap(pairs: readonly Pair<Node, Node | null>[], path: SpecPath): Record<string, unknown> {
    // Without a prototype, so that keys such as __proto__ and constructor are keys like any other.
    const map = Object.create(null) as Record<string, unknown>;
    for (const { key, value } of pairs) {
      const name = this.#readKey(key, path);
      if (name === null) continue;
      const keyOffset = key.range?.[0] ?? 0;
      if (name in map) {
        this.#problems.addAtOffset(keyOffset, [...path, name], 'the same key stands here twice');
        continue;
      }
      map[name] = this.read(value, [...path, name], keyOffset);
    }
    return map;
  }

  #readKey(key: Node, path: SpecPath): string | null {
    const offset = key.range?.[0] ?? 0;
    if (!isScalar(key) || typeof key.value !== 'string') {
      this.#problems.addAtOffset(offset, path, 'a key must be text; put it in quotes');
    } else if (key.value.includes('\0')) {
      this.#problems.addAtOffset(offset, path, 'a key holds a NUL character');
    } else if (key.value === '<<') {
      this.#problems.addAtOffset(offset, path, '"<<" (merge) is not part of YAML 1.2; write the keys out');
    } else {
      return key.value;
    }
    return null;
  }

  #hasRoom(path: SpecPath): boolean {
    this.#nodes += 1;
    if (this.#nodes === NODES_MAX) this.#problems.add([], `holds more than ${NODES_MAX} values, aliases written out`);
    if (path.length === DEPTH_MAX) this.#problems.add(path, 'nested too deeply');
    return this.#nodes < NODES_MAX && path.length < DEPTH_MAX;
  }

  #refuse(path: SpecPath, message: string): null {
    this.#problems.add(path, message);
    return null;
  }
}
