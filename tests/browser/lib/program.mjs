// An agency of its own for one journey: a fresh folder, the program on free ports, ended and removed afterwards. Only what
// was started here is ended.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PATIENCE = 60_000 // ms for the program to be made, to be ready and to end

function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (status, signal) => resolve({ status, signal }))
  })
}

export async function within(milliseconds, what, promise) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${milliseconds} ms`)), milliseconds)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

async function makeAgency(program, folder, secondFactors) {
  const child = spawn(program, ['init', '--demo', ...(secondFactors ? [] : ['--no-second-factor']), '--dir', folder,
    '--password-operations', '1', '--password-memory-mib', '8'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const { status } = await within(PATIENCE, 'init', ended(child))
  if (status !== 0) throw new Error(`init ended with ${status}`)
}

// Resolves to the addresses once the line "ready" has come.
function whenReady(child) {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (part) => {
      text += part
      if (!/^ready$/m.test(text)) return
      resolve({ reporters: /^reporters: (\S+)\/$/m.exec(text)[1], officers: /^officers: +(\S+)\/login$/m.exec(text)[1] })
    })
    child.once('exit', (status) => reject(new Error(`the program ended with ${status} before it was ready`)))
  })
}

async function readOfficers(folder) {
  const lines = (await readFile(join(folder, 'demo-officers.tsv'), 'utf8')).trim().split('\n').slice(1)
  return Object.fromEntries(lines.map((line) => {
    const [login, passphrase, secret] = line.split('\t')
    return [login, { login, passphrase, secret: secret === '-' ? null : secret }]
  }))
}

// `secondFactors`: whether officers have one; else none waits for the next code.
export async function startAgency({ secondFactors = false } = {}) {
  const program = process.env.SUCHARIT_PROGRAM
  const home = await mkdtemp(join(tmpdir(), 'sucharit-browser-'))
  const folder = join(home, 'agency')
  let child
  try {
    await makeAgency(program, folder, secondFactors)
    child = spawn(program, ['serve', '--dir', folder, '--reporter-port', '0', '--officer-port', '0'],
      { stdio: ['ignore', 'pipe', 'inherit'] })
    const gone = ended(child)
    const addresses = await within(PATIENCE, 'the start', whenReady(child))
    const people = await readOfficers(folder)
    return {
      ...addresses,
      people, // by login: { login, passphrase, secret }; null where nobody has a second factor
      async end() {
        child.kill('SIGTERM')
        const { status, signal } = await within(PATIENCE, 'ending', gone)
        await rm(home, { recursive: true, force: true })
        if (status !== 0) throw new Error(`the program ended with ${status ?? signal} on SIGTERM`)
      },
    }
  } catch (fault) {
    if (child && child.exitCode === null) child.kill('SIGKILL')
    await rm(home, { recursive: true, force: true })
    throw fault
  }
}
