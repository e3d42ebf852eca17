// Opens a sweep's Parquet tables with DuckDB and holds them against the CSV tables of the same sweep.
// Usage: node parquet.mjs PARQUET-FOLDER CSV-FOLDER
import { DuckDBInstance } from '@duckdb/node-api';

const [parquet, csv] = process.argv.slice(2);
const db = await (await DuckDBInstance.create()).connect();
const rows = async (sql) => (await db.runAndReadAll(sql)).getRowsJson();
let failed = false;
for (const table of ['runs', 'market', 'summary', 'design']) {
  const a = `read_parquet('${parquet}/${table}.parquet')`;
  const b = `read_csv('${csv}/${table}.csv')`;
  const columns = (await rows(`DESCRIBE SELECT * FROM ${a}`)).map((r) => r[0]);
  const numbers = (await rows(`DESCRIBE SELECT * FROM ${a}`)).filter((r) => r[1] === 'DOUBLE').map((r) => r[0]);
  const sums = (from) => rows(`SELECT count(*), ${numbers.map((c) => `sum("${c}"::DOUBLE)`).join(', ')} FROM ${from}`);
  const [x, y] = [(await sums(a))[0].map(Number), (await sums(b))[0].map(Number)];
  const off = x.findIndex((v, i) => !(Math.abs(v - y[i]) <= 1e-6 * Math.max(1, Math.abs(v))));
  if (off >= 0) failed = true;
  const said = off < 0 ? 'equal to the CSV' : `column ${numbers[off - 1]} differs: ${x[off]} against ${y[off]}`;
  console.log(`${table}: ${x[0]} rows, ${columns.length} columns, ${said}`);
}
process.exit(failed ? 1 : 0);
