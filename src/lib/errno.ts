/** True for a failure of the operating system with this name, e.g. `ENOENT`. */
export function isErrno(error: unknown, name: string): boolean {
  return error instanceof Error && 'code' in error && error.code === name;
}
