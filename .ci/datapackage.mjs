// The data package of a results folder, held against its descriptor's profile and every table against
// its schema: types, names, rows, checksums.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import datapackage from 'datapackage';
const folder = process.argv[2];
const file = join(folder, 'datapackage.json');
const {valid, errors} = await datapackage.validate(file);
if (!valid) { for (const e of errors) console.error(e.message); process.exit(1); }
const pack = await datapackage.Package.load(file, {strict: true});
const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json')));
let rows = 0;
for (const r of pack.resources) {
  const hash = 'sha256:' + createHash('sha256').update(readFileSync(join(folder, r.descriptor.path))).digest('hex');
  if (hash !== r.descriptor.hash) throw new Error(`${r.name}: hash ${r.descriptor.hash}, the file has ${hash}`);
  if (!r.tabular) continue;
  const read = (await r.read({keyed: true, cast: true})).length; // fails on a cell that is not of its type
  const want = manifest.tables.find(t => t.file === r.descriptor.path).rows;
  if (read !== want) throw new Error(`${r.name}: ${read} rows, the manifest says ${want}`);
  rows += read;
}
if (pack.resources.length !== manifest.tables.length) throw new Error('not every table is a resource');
console.log(`${pack.resources.length} tables, ${rows} rows valid`);
