/**
 * The rows that every mover of a benchmark moves: mixed types, about 220 bytes a row as text, made by the server from the
 * row's number, so that each run has the same data.
 */
export const BENCH_SCHEMA = 'bench';
export const BENCH_TABLE = 'orders';

/** For MariaDB, whose `seq_1_to_N` tables make the numbers. */
export function mariadbStatements(rows: number): readonly string[] {
  return [
    `DROP DATABASE IF EXISTS ${BENCH_SCHEMA}`,
    `CREATE DATABASE ${BENCH_SCHEMA} CHARACTER SET utf8mb4`,
    `USE ${BENCH_SCHEMA}`,
    `CREATE TABLE ${BENCH_SCHEMA}.${BENCH_TABLE} (
       id BIGINT NOT NULL PRIMARY KEY, customer_id INT UNSIGNED NOT NULL, sku VARCHAR(40) NOT NULL,
       amount DECIMAL(12,2) NOT NULL, tax DOUBLE, created DATETIME(6) NOT NULL, updated TIMESTAMP NULL,
       is_paid TINYINT(1) NOT NULL, status ENUM('new','paid','sent','returned') NOT NULL,
       note VARCHAR(200), address TEXT, token BINARY(16) NOT NULL)`,
    `INSERT INTO ${BENCH_SCHEMA}.${BENCH_TABLE}
     SELECT seq, seq * 7919 % 400000, CONCAT('SKU-', seq % 99991, '-', HEX(seq)), seq % 1000000 / 7,
            IF(seq % 11 = 0, NULL, seq / 13), '2020-01-01' + INTERVAL seq * 37 SECOND + INTERVAL seq % 1000000 MICROSECOND,
            '2021-01-01' + INTERVAL seq SECOND, seq % 2, ELT(1 + seq % 4, 'new', 'paid', 'sent', 'returned'),
            IF(seq % 5 = 0, NULL, CONCAT('Left at the door\\nof house ', seq % 300, ', rang\\ttwice')),
            CONCAT(seq % 300, ' Main Street, Zürich ', seq % 9000, ', second floor, ask for Ms. O\\'Neill'),
            UNHEX(MD5(seq))
     FROM seq_1_to_${rows}`,
    `ANALYZE TABLE ${BENCH_SCHEMA}.${BENCH_TABLE}`,
  ];
}

export function postgresStatements(rows: number): readonly string[] {
  return [
    `DROP SCHEMA IF EXISTS ${BENCH_SCHEMA} CASCADE`,
    `CREATE SCHEMA ${BENCH_SCHEMA}`,
    postgresTable(),
    `INSERT INTO ${BENCH_SCHEMA}.${BENCH_TABLE}
     SELECT n, n * 7919 % 400000, 'SKU-' || n % 99991 || '-' || upper(to_hex(n)), n % 1000000 / 7.0,
            CASE WHEN n % 11 = 0 THEN NULL ELSE n / 13.0 END,
            timestamp '2020-01-01' + n * interval '37 seconds' + n % 1000000 * interval '1 microsecond',
            timestamptz '2021-01-01 00:00:00Z' + n * interval '1 second', n % 2,
            (ARRAY['new', 'paid', 'sent', 'returned'])[1 + n % 4],
            CASE WHEN n % 5 = 0 THEN NULL ELSE E'Left at the door\\nof house ' || n % 300 || E', rang\\ttwice' END,
            n % 300 || ' Main Street, Zürich ' || n % 9000 || ', second floor, ask for Ms. O''Neill',
            decode(md5(n::text), 'hex')
     FROM generate_series(1::bigint, ${rows}) AS n`,
    `ALTER TABLE ${BENCH_SCHEMA}.${BENCH_TABLE} ADD PRIMARY KEY (id)`,
    `VACUUM (ANALYZE) ${BENCH_SCHEMA}.${BENCH_TABLE}`,
    'CHECKPOINT',
  ];
}

/** Without its key. */
export function postgresTable(): string {
  return `CREATE TABLE ${BENCH_SCHEMA}.${BENCH_TABLE} (
       id bigint NOT NULL, customer_id bigint NOT NULL, sku varchar(40) NOT NULL, amount numeric(12,2) NOT NULL,
       tax double precision, created timestamp(6) NOT NULL, updated timestamptz, is_paid smallint NOT NULL,
       status text NOT NULL, note varchar(200), address text, token bytea NOT NULL)`;
}
