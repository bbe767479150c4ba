// Runs one journey: node run.mjs NAME.VARIANT, or lists all: node run.mjs --list. Settings by environment: SUCHARIT_PROGRAM,
// SUCHARIT_NODE_MODULES (the folder beside node_modules), SUCHARIT_CHROMIUM, SUCHARIT_SCREENSHOTS.
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { journeys } from './lib/story.mjs'

const folder = fileURLToPath(new URL('journeys/', import.meta.url))
for (const file of (await readdir(folder)).sort())
  if (file.endsWith('.mjs')) await import(`${folder}${file}`)

if (process.argv[2] === '--list') {
  for (const { name } of journeys()) console.log(name)
} else {
  const chosen = journeys().find(({ name }) => name === process.argv[2])
  if (!chosen) throw new Error(`no journey is called ${process.argv[2]}`)
  const { openBrowser } = await import('./lib/browser.mjs')
  const { startAgency } = await import('./lib/program.mjs')
  const agency = await startAgency(chosen.agency)
  try {
    const browser = await openBrowser()
    try {
      await chosen.tell({ agency, browser, settings: chosen.settings, name: chosen.name })
    } finally {
      await browser.close()
    }
  } finally {
    await agency.end()
  }
}
