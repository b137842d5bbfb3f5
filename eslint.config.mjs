import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The import rules of docs/architecture.md: folder → folders of src it may import from (itself included). */
const ALLOWED = {
  commands: ['commands', 'cli', 'compose.ts', 'apply/apply-project.ts', 'views', 'errors', 'model', 'lib'],
  cli: ['cli', 'views', 'errors', 'lib'],
  hooks: ['hooks', 'cli', 'errors', 'lib'],
  views: ['views', 'apply', 'replication/load-event.ts', 'plan', 'state', 'engines/ports.ts', 'model', 'errors', 'lib'],
  apply: ['apply', 'plan', 'spec', 'state', 'replication', 'prechecks', 'engines/ports.ts', 'model', 'errors', 'lib'],
  plan: ['plan', 'spec', 'state', 'engines/ports.ts', 'model', 'errors', 'lib'],
  replication: ['replication', 'engines/ports.ts', 'model', 'errors', 'lib'],
  prechecks: ['prechecks', 'engines/ports.ts', 'model', 'errors', 'lib'],
  spec: ['spec', 'model', 'errors', 'lib'],
  state: ['state', 'model', 'errors', 'lib'],
  model: ['model', 'lib'],
  errors: ['errors', 'lib'],
  lib: ['lib'],
  'engines/postgres': ['engines/postgres', 'engines/ports.ts', 'model', 'errors', 'lib'],
  'engines/mysql': ['engines/mysql', 'engines/ports.ts', 'model', 'errors', 'lib'],
  demo: ['demo', 'model', 'errors', 'lib'],
};

const zones = Object.entries(ALLOWED).map(([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: './src',
  except: allowed.map((path) => `./${path}`),
  message: `src/${folder} may import only from: ${allowed.join(', ')} (docs/architecture.md).`,
}));

export default defineConfig(
  { ignores: ['dist/', '.cache/', 'coverage/', 'node_modules/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['warn', { max: 400, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['warn', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 4 }],
      'max-depth': ['error', 4],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', 'no-console': 'off' },
  },
);
