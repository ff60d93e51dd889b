// A TypeScript app on the same node, as far as the tests need one: it makes the calls it reads from standard input on the real packages.
//   {"call":"users.createUser","arguments":["alice","secret",{"role":"admin"}]}
// answers {"value":…} or {"error":{"name","code","message","status"}}, a line each. Bytes are {"base64":"…"}, either way.
// The address, the peers and the secrets come from the environment, as on a node. CommonJS: edge-sdk-ts 1.5.2 does not load as an ES module.
'use strict'

if (process.argv.includes('--without-native-modules')) {
  process.dlopen = () => {
    throw new Error('Native modules are switched off.')
  }
}

const { createInterface } = require('node:readline')
const { CStoreAuth } = require('@ratio1/cstore-auth-ts')
const { EdgeSdk } = require('@ratio1/edge-sdk-ts')

const { cstore, r1fs } = new EdgeSdk()
const services = { users: new CStoreAuth().simple, cstore, r1fs }

const revive = (_, value) => (value && typeof value.base64 === 'string' ? Buffer.from(value.base64, 'base64') : value)

async function run({ call, arguments: given }) {
  const [service, name] = call.split('.')
  const value = await services[service][name](...given)
  // getFile gives the HTTP response itself.
  return typeof value?.arrayBuffer === 'function' ? { base64: Buffer.from(await value.arrayBuffer()).toString('base64') } : value
}

async function answer(line) {
  try {
    return { value: (await run(JSON.parse(line, revive))) ?? null }
  } catch (error) {
    return { error: { name: error.name, code: error.code ?? null, message: error.message, status: error.response?.status ?? null } }
  }
}

async function main() {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(line))}\n`)
  }
}

main()
