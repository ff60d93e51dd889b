// Validates a JSON Lines file with ajv, a validator that shares nothing with ours, against the schema of a definition. Prints what is wrong, a line each:
//   node ajv.mjs DEFINITION.json RECORDS.jsonl
import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const { schema } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }))
const validate = ajv.compile(schema)
readFileSync(process.argv[3], 'utf8').split('\n').filter(Boolean).forEach((line, index) => {
  if (!validate(JSON.parse(line))) console.log(`record ${index}: ${ajv.errorsText(validate.errors)}`)
})
