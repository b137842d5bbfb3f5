import { describe, expect, it } from 'vitest';
import { identifyServer } from '../../../../src/engines/mysql/flavors.js';
import { sessionStatements } from '../../../../src/engines/mysql/session-settings.js';

describe('identifyServer', () => {
  it.each([
    ['9.7.4-2', 'mysql', '9.7.4'],
    ['8.0.36-28', 'mysql', '8.0.36'],
    ['10.11.19-MariaDB-0+deb12u1-log', 'mariadb', '10.11.19'],
    ['5.5.5-10.6.16-MariaDB', 'mariadb', '10.6.16'],
  ])('%s', (text, engine, version) => {
    const server = identifyServer(text);
    expect(server.flavor.engine).toBe(engine);
    expect(Object.values(server.version).join('.')).toBe(version);
  });
});

describe('what differs by version', () => {
  it('asks for the binary log by the word that the version knows', () => {
    const statement = (text: string): string => {
      const { flavor, version } = identifyServer(text);
      return flavor.binlogStatusStatement(version);
    };
    expect(statement('8.0.36')).toBe('SHOW MASTER STATUS');
    expect(statement('8.4.0')).toBe('SHOW BINARY LOG STATUS');
  });

  it('sets only variables that the version has', () => {
    const settings = (text: string): string => sessionStatements(identifyServer(text)).join('\n');
    expect(settings('8.0.20')).not.toContain('show_gipk');
    expect(settings('8.0.30')).toContain('show_gipk');
    expect(settings('10.5.0-MariaDB')).not.toContain('max_execution_time');
  });
});
