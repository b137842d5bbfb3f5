/** How the columns of mysql.sql and postgres.sql are filled and compared. */
export type ColumnKind = 'number' | 'float' | 'text' | 'moment' | 'truth' | 'bytes' | 'json';

export interface LibraryTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnKind>>;
}

/** Parents first, so that rows can be inserted in this order. */
export const LIBRARY_TABLES = [
  { name: 'Branch', columns: { BranchId: 'number', Name: 'text', City: 'text', Opened: 'moment', IsOpen: 'truth' } },
  { name: 'Publisher', columns: { PublisherId: 'number', Name: 'text', Website: 'text' } },
  { name: 'Author', columns: { AuthorId: 'number', Name: 'text', Born: 'number', Notes: 'text' } },
  { name: 'Größe', columns: { Code: 'text', 'Höhe (mm)': 'number' } },
  {
    name: 'Book',
    columns: {
      Isbn: 'text',
      Title: 'text',
      PublisherId: 'number',
      Format: 'text',
      Pages: 'number',
      Price: 'number',
      Weight: 'float',
      Summary: 'text',
      Cover: 'bytes',
    },
  },
  { name: 'Book Author', columns: { Isbn: 'text', AuthorId: 'number', order: 'number' } },
  { name: 'book.tag', columns: { Isbn: 'text', tag: 'text' } },
  { name: 'Copy', columns: { CopyId: 'number', Isbn: 'text', BranchId: 'number', Barcode: 'bytes' } },
  {
    name: 'Member',
    columns: {
      MemberId: 'number',
      Name: 'text',
      Email: 'text',
      RecommendedBy: 'number',
      Joined: 'moment',
      Settings: 'json',
    },
  },
  {
    name: 'Loan',
    columns: {
      LoanId: 'number',
      CopyId: 'number',
      MemberId: 'number',
      LentAt: 'moment',
      'due?': 'moment',
      ReturnedAt: 'moment',
      Fine: 'number',
    },
  },
  { name: 'order', columns: { OrderId: 'number', PublisherId: 'number', 'placed-on': 'moment' } },
  { name: 'order-line', columns: { OrderId: 'number', line: 'number', Isbn: 'text', count: 'number' } },
  { name: 'door_log', columns: { BranchId: 'number', At: 'moment', Way: 'text' } },
] as const satisfies readonly LibraryTable[];

export type LibraryTableName = (typeof LIBRARY_TABLES)[number]['name'];
