import { existsSync } from 'node:fs';
import { missingSystemPostgres } from '../../../servers/postgres.js';

/** The system's: the npm package brings no PostGIS. */
export const POSTGIS_MAJOR = 15;
const CONTROL_FILE = `/usr/share/postgresql/${POSTGIS_MAJOR}/extension/postgis.control`;

/** Why PostGIS cannot be had here, or `null`. */
export function missingPostgis(): string | null {
  return (
    missingSystemPostgres(POSTGIS_MAJOR) ?? (existsSync(CONTROL_FILE) ? null : `this machine has no ${CONTROL_FILE}`)
  );
}
