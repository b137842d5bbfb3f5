import { it } from 'vitest';
import { expectLibraryMoved } from '../../datasets/library/move-library.js';
import { describeWithServer } from '../../servers/describe-with-server.js';

describeWithServer('mysql', 'the library dataset', (server) => {
  it('arrives in PostgreSQL, row by row', () => expectLibraryMoved(server));
});
