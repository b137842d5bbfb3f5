/**
 * The shop's rows, made by the server out of their numbers: the same at every run, with the values that careless movers
 * lose strewn in (NaN, infinity, years before Christ, NULL beside '', text that looks like COPY's escapes).
 */

/** `pick(n, salt, choices)`: one of 0 … choices − 1, scattered but the same for the same n and salt. */
export const PICK_FUNCTION = `
CREATE FUNCTION pg_temp.pick(n bigint, salt bigint, choices integer) RETURNS integer IMMUTABLE LANGUAGE sql
AS $$ SELECT ((hashint8extended(n, salt) & 9223372036854775807) % choices)::integer $$;
CREATE FUNCTION pg_temp.customer(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql
AS $$ SELECT md5('customer ' || n)::uuid $$;
`;

const CUSTOMERS = 20_000;
const PRODUCTS = 5_000;
const ORDERS = 60_000;

const CATEGORIES = `
INSERT INTO shop.categories (parent_id, name, path, vat)
SELECT CASE WHEN n > 5 THEN 1 + n % 5 END, 'Category ' || n,
       CASE WHEN n > 5 THEN ARRAY['Category ' || 1 + n % 5, 'Category ' || n] ELSE ARRAY['Category ' || n] END,
       (ARRAY[0, 7, 19, 25.5])[1 + n % 4]
FROM generate_series(1, 60) AS n`;

const CUSTOMER_ROWS = `
INSERT INTO shop.customers
SELECT pg_temp.customer(n), 'customer' || n || '@example.' || (ARRAY['com', 'org', 'net'])[1 + n % 3],
       CASE pg_temp.pick(n, 1, 9)
         WHEN 0 THEN 'Zoë "Z" O''Neill' WHEN 1 THEN '山田 太郎' WHEN 2 THEN E'Tab\\there' WHEN 3 THEN '👩‍👩‍👧 Family ' || n
         WHEN 4 THEN 'C:\\temp\\new' WHEN 5 THEN E'Two\\nlines' ELSE 'Customer ' || n END,
       CASE WHEN n % 1000 = 1 THEN date '0044-03-15 BC' WHEN n % 1000 = 2 THEN '-infinity' WHEN n % 7 = 0 THEN NULL
         ELSE date '1940-01-01' + pg_temp.pick(n, 2, 25000) END,
       timestamptz '2019-01-01 00:00:00Z' + n * interval '1 hour 3.000007 seconds',
       CASE WHEN n % 3 = 0 THEN timestamptz 'infinity' ELSE timestamptz '2030-01-01 00:00:00Z' + n * interval '1 minute' END,
       CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN inet '2001:db8::/32' + n ELSE inet '10.0.0.0' + n END,
       CASE WHEN n % 5 = 0 THEN NULL ELSE ('08:00:2b:' || regexp_replace(lpad(to_hex(n), 6, '0'), '(..)(..)(..)', '\\1:\\2:\\3'))::macaddr END,
       jsonb_build_object('newsletter', n % 2 = 0, 'limit', n::numeric * 9007199254740993, 'nothing', NULL,
         'languages', jsonb_build_array('de', 'fr'), 'motto', E'"quotes", back\\\\slash, \\u2028'),
       CASE n % 6 WHEN 0 THEN NULL WHEN 1 THEN '{}'::text[] WHEN 2 THEN ARRAY['a,b', NULL, 'NULL', '{x}', '"', '\\']
         ELSE ARRAY['vip', 'since ' || n] END
FROM generate_series(1, ${CUSTOMERS}) AS n`;

const ADDRESSES = `
INSERT INTO shop.addresses
SELECT pg_temp.customer(n), kind, n || ' Main Street' || E'\\r\\n' || 'Floor ' || n % 9,
       (ARRAY['DE', 'FR', 'JP', 'US'])[1 + n % 4],
       CASE WHEN n % 5 > 0 THEN ROW(n % 180 / 3.0 - 30, n % 360 / 7.0, CASE n % 3 WHEN 0 THEN '' WHEN 1 THEN 'by, the "lake"' END)::shop.geo_point END,
       kind = 'home'
FROM generate_series(1, ${CUSTOMERS}) AS n CROSS JOIN (VALUES ('home'), ('work')) AS kinds (kind)
WHERE kind = 'home' OR n % 4 = 0`;

const PRODUCT_ROWS = `
INSERT INTO shop.products (sku, category_id, name, net_price, vat, weight_kg, rating, size_mm, price_matrix, thumbnail, description, search, delivery_time)
SELECT 'SKU-' || lpad(n::text, 6, '0'), 1 + n % 60, 'Product ' || n || CASE WHEN n % 10 = 0 THEN ' ½" ✓' ELSE '' END,
       pg_temp.pick(n, 3, 1000000) / 100.0, (ARRAY[0, 7, 19])[1 + n % 3],
       CASE n % 50 WHEN 0 THEN numeric 'NaN' WHEN 1 THEN 'Infinity' WHEN 2 THEN 1e-30 WHEN 3 THEN 1e60 + n ELSE n / 7.0 END,
       CASE n % 50 WHEN 0 THEN float8 'NaN' WHEN 1 THEN '-Infinity' WHEN 2 THEN '-0' WHEN 3 THEN 5e-324 ELSE n / 3.0 END,
       CASE WHEN n % 9 > 0 THEN ARRAY[n / 3.0, NULL, 0.1]::real[] END,
       CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN ARRAY[[n, n + 1], [NULL, -n]] ELSE ('[0:1]={' || n || ',2}')::integer[] END,
       CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN ''::bytea ELSE decode(repeat('00ff5c0a09' || md5(n::text), 1 + n % 40), 'hex') END,
       xmlparse(CONTENT '<p lang="en">Product ' || n || ' &amp; more</p>'),
       to_tsvector('english', 'A product that runs and isn''t number ' || n),
       CASE n % 3 WHEN 0 THEN interval '-1 month 3 days -04:05:06.000007' WHEN 1 THEN n * interval '1 hour' END
FROM generate_series(1, ${PRODUCTS}) AS n`;

const INVENTORY = `
INSERT INTO shop.inventory
SELECT warehouse, n, pg_temp.pick(n, warehouse, 500) - 20, substr((n % 4096)::bit(12)::text, 1, 1 + n % 12)::varbit,
       CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN 'empty'::daterange WHEN 2 THEN daterange('2026-01-01', NULL)
         ELSE daterange('2026-01-01', date '2026-02-01' + n % 300) END,
       CASE WHEN n % 2 = 0 THEN ('08:' || lpad((n % 60)::text, 2, '0') || ':00.125+05:30')::timetz END
FROM generate_series(1, ${PRODUCTS}) AS n CROSS JOIN generate_series(1, 4) AS warehouse`;

const ORDER_ROWS = `
INSERT INTO shop.orders
SELECT 9007199254740993 + n, pg_temp.customer(1 + pg_temp.pick(n, 4, ${CUSTOMERS})), status,
       placed_at, placed_at AT TIME ZONE 'Europe/Berlin',
       CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN tstzrange(placed_at, NULL, '[)') ELSE tstzrange(placed_at, placed_at + interval '2 days', '(]') END,
       enum_range('new', status),
       CASE n % 8 WHEN 0 THEN '' WHEN 1 THEN '\\N' WHEN 2 THEN '\\.' WHEN 3 THEN E'Leave it\\tat the door\\n\\n\\\\o/ 🚪' WHEN 4 THEN 'NULL' END
FROM generate_series(1, ${ORDERS}) AS n
CROSS JOIN LATERAL (SELECT
  (enum_range(NULL::shop.order_status))[1 + pg_temp.pick(n, 5, 5)] AS status,
  timestamptz '2024-01-01 00:00:00Z' + n * interval '17 minutes 0.000123 seconds' AS placed_at) AS made`;

const ORDER_ITEMS = `
INSERT INTO shop.order_items (order_id, line, product_id, quantity, unit_price)
SELECT 9007199254740993 + n, line, 1 + pg_temp.pick(n, line + 10, ${PRODUCTS}), 1 + pg_temp.pick(n, line + 20, 9), pg_temp.pick(n, line + 30, 99999) / 100.0
FROM generate_series(1, ${ORDERS}) AS n CROSS JOIN LATERAL generate_series(1, 1 + n % 3) AS line`;

const PAYMENTS = `
INSERT INTO shop.payments
SELECT md5('payment ' || n)::uuid, 9007199254740993 + n, pg_temp.pick(n, 6, 10000000) / 100.0,
       CASE n % 100 WHEN 0 THEN numeric 'NaN' WHEN 1 THEN '-Infinity' ELSE n / 1000.0 END,
       date '2024-01-01' + (n / 80)::integer,
       CASE WHEN n % 3 = 0 THEN ('{"b": 1.0,  "a": ' || n || ', "a": 2}')::json END
FROM generate_series(1, ${ORDERS}, 2) AS n`;

const EVENTS = `
INSERT INTO shop.events
SELECT timestamptz '2026-01-01 00:00:00Z' + (n % 20000) * interval '3 seconds', (ARRAY['view', 'click', 'buy'])[1 + n % 2],
       CASE WHEN n % 2 = 0 THEN pg_temp.customer(1 + n % 20000 % 300) END,
       CASE n % 20000 % 4 WHEN 0 THEN NULL WHEN 1 THEN 'null'::jsonb ELSE jsonb_build_object('page', n % 20000 % 100) END
FROM generate_series(1, 40000) AS n`;

const REVIEWS = `
INSERT INTO shop.reviews
SELECT 1 + n % ${PRODUCTS}, pg_temp.customer(n), 1 + pg_temp.pick(n, 7, 5),
       CASE WHEN n % 1000 = 0 THEN repeat(md5(n::text) || E' ✓\\n', 3000) WHEN n % 3 > 0 THEN 'Good\\bad? ' || md5(n::text) END
FROM generate_series(1, 10000) AS n`;

const GROUPS = `
INSERT INTO shop."Group"
SELECT n, 'select ' || n, CASE WHEN n % 2 = 0 THEN '"' END, n * 10
FROM generate_series(1, 100) AS n`;

/** In an order in which parents come first. */
export const SHOP_ROWS: readonly string[] = [
  CATEGORIES,
  CUSTOMER_ROWS,
  ADDRESSES,
  PRODUCT_ROWS,
  INVENTORY,
  ORDER_ROWS,
  ORDER_ITEMS,
  PAYMENTS,
  EVENTS,
  REVIEWS,
  GROUPS,
];
