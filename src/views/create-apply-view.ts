import { createJsonView } from './apply-json.js';
import { createLinesView } from './apply-lines.js';
import { createTerminalView } from './apply-terminal.js';
import type { ApplyView } from './apply-view.js';

export interface ApplyViewOptions {
  readonly isJson: boolean;
  readonly isTerminal: boolean;
  readonly writeJson: (value: object) => void;
  readonly writeLine: (line: string) => void;
}

export function createApplyView({ isJson, isTerminal, writeJson, writeLine }: ApplyViewOptions): ApplyView {
  if (isJson) return createJsonView(writeJson);
  return isTerminal ? createTerminalView() : createLinesView(writeLine);
}
