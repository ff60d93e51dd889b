// Reads a Parquet file with hyparquet, an implementation of the format that shares nothing with ours, and prints what it finds:
//   {"rowGroups":1,"columns":[{"name":"age","type":"INT64","text":false,"optional":true}],"rows":[[{"int64":"41"}]]}
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet'

const typed = value =>
  value === undefined ? null
  : typeof value === 'bigint' ? { int64: `${value}` }
  : typeof value === 'number' ? { double: value }
  : value

const file = await asyncBufferFromFile(process.argv[2])
const metadata = await parquetMetadataAsync(file)
const columns = metadata.schema.slice(1).map(({ name, type, converted_type, repetition_type }) =>
  ({ name, type, text: converted_type === 'UTF8', optional: repetition_type === 'OPTIONAL' }))
let rows = []
await parquetRead({ file, metadata, onComplete: read => { rows = read.map(row => row.map(typed)) } })
process.stdout.write(JSON.stringify({ rowGroups: metadata.row_groups.length, columns, rows }))
