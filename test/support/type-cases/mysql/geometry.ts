import type { TypeCase, TypeFamily } from '../type-case.js';

/** Kind, WKT without SRID, WKB. Coordinates are small whole numbers, so that the bytes can be read. */
const ONE = '000000000000f03f';
const TWO = '0000000000000040';
const ZERO = '0000000000000000';
const TEN = '0000000000002440';
const TWENTY = '0000000000003440';

const POINT_1_2 = `0101000000${ONE}${TWO}`;
const LINE = `010200000002000000${ZERO}${ZERO}${ONE}${TWO}`;
const RING = `04000000${ZERO}${ZERO}${ONE}${ZERO}${ONE}${TWO}${ZERO}${ZERO}`;
const POLYGON = `010300000001000000${RING}`;

const KINDS: readonly (readonly [type: string, wkt: string, wkb: string])[] = [
  ['point', 'POINT(1 2)', POINT_1_2],
  ['linestring', 'LINESTRING(0 0,1 2)', LINE],
  ['polygon', 'POLYGON((0 0,1 0,1 2,0 0))', POLYGON],
  ['multipoint', 'MULTIPOINT(1 2,1 2)', `010400000002000000${POINT_1_2}${POINT_1_2}`],
  ['multilinestring', 'MULTILINESTRING((0 0,1 2))', `010500000001000000${LINE}`],
  ['multipolygon', 'MULTIPOLYGON(((0 0,1 0,1 2,0 0)))', `010600000001000000${POLYGON}`],
  ['geometrycollection', 'GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 2))', `010700000002000000${POINT_1_2}${LINE}`],
  ['geometry', 'GEOMETRYCOLLECTION EMPTY', '010700000000000000'],
];

/** Longitude 20, latitude 10. */
const SOME_PLACE = `0101000000${TWENTY}${TEN}`;

export function geometryAsBytes(placeWkt: string): TypeFamily {
  const cases = KINDS.map(([type, wkt, wkb]): TypeCase => ({
    ...{ name: `a_${type}`, type, target: 'bytea' },
    values: [[`ST_GeomFromText('${wkt}')`, `\\x${wkb}`]],
  }));
  const place: TypeCase = {
    ...{ name: 'place', type: 'geometry', target: 'bytea' },
    values: [[`ST_GeomFromText('${placeWkt}', 4326)`, `\\x${SOME_PLACE}`]],
  };
  return { table: 'geometries', cases: [...cases, place] };
}

export function geometryAsPostgis(placeWkt: string): TypeFamily {
  const cases = KINDS.map(([type, wkt]): TypeCase => ({
    ...{ name: `a_${type}`, type, target: 'geometry', shown: 'ST_AsEWKT(?)' },
    // PostGIS 3.3 and newer write the points of a multipoint in parentheses, older ones do not.
    ...(type === 'multipoint' && { shown: `replace(replace(ST_AsEWKT(?), '((', '('), '),(', ',')` }),
    values: [[`ST_GeomFromText('${wkt}')`, wkt]],
  }));
  const place: TypeCase = {
    ...{ name: 'place', type: 'geometry', target: 'geometry', shown: 'ST_AsEWKT(?)' },
    values: [[`ST_GeomFromText('${placeWkt}', 4326)`, 'SRID=4326;POINT(20 10)']],
  };
  return { table: 'geometries', cases: [...cases, place] };
}
