import { readFileSync } from 'node:fs';

/** Ticks between boot and the start of the process, from /proc; `null` where there is no /proc or no such process. */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name is in parentheses and may hold spaces: count the fields after it (proc(5): starttime is field 22).
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[22 - 3] ?? null;
  } catch {
    return null;
  }
}
