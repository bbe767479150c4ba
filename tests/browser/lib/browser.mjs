// Debian's chromium, one per journey, and people who sit at it. Everything that leaves the browser is watched: a reporter's
// request goes to this agency and nowhere else, with nothing in its address but the path and the language.
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

// The packages stand in the build folder.
const require = createRequire(join(process.env.SUCHARIT_NODE_MODULES, 'any.js'))
const CHROMIUM = process.env.SUCHARIT_CHROMIUM || '/usr/bin/chromium'
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage']
const PATIENCE = 20_000 // ms for one page or element

export const EXIT = 'https://www.tmd.go.th'

export async function openBrowser() {
  return require('playwright-core').chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, timeout: 60_000 })
}

export const axeSource = () => require('axe-core').source

// The language; of the officers' list also names of states, orders and pages.
function harmless(url) {
  const names = url.pathname === '/queue' ? /^(lang|state|due|turn|category|restricted|news|all|sort|page)$/ : /^lang$/
  return [...url.searchParams].every(([name, value]) => names.test(name) && /^[a-z_0-9]*$/.test(value))
}

function watch(context, faults, { origin, cookies }) {
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin === EXIT || url.protocol === 'data:') return
    if (url.origin !== origin) faults.push(`a request left the agency: ${request.url()}`)
    if (!harmless(url)) faults.push(`something stands in an address: ${request.url()}`)
  })
  context.on('response', (response) => {
    if (!cookies && 'set-cookie' in response.headers()) faults.push(`a cookie was set by ${response.url()}`)
  })
  context.on('page', (page) => {
    page.on('pageerror', (error) => faults.push(`a script failed: ${error.message}`))
    page.on('console', (message) => {
      // Chromium itself reports every answer of 400 and above there.
      const its = message.text().startsWith('Failed to load resource') ||
        // It dresses a picture that is opened alone, and the headers of a file let it bring no style either.
        (new URL(page.url()).pathname.endsWith('/view') && message.text().startsWith('Applying inline style'))
      if (message.type() === 'error' && !its) faults.push(`the console says: ${message.text()}`)
    })
  })
}

// A person with a browser profile of their own. `cookies`: whether this face may set one (officers').
export async function sitDown(browser, settings, { origin, cookies }) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    javaScriptEnabled: settings.scripts,
    locale: settings.language === 'th' ? 'th-TH' : 'en-GB',
    viewport: { width: settings.width, height: settings.width === 320 ? 640 : 900 },
    deviceScaleFactor: settings.scale ?? 1,
  })
  context.setDefaultTimeout(PATIENCE)
  const faults = []
  watch(context, faults, { origin, cookies })
  // The neutral site behind quick exit is played here: no journey leaves the machine.
  await context.route(`${EXIT}/**`, (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<title>exit</title>' }))
  const page = await context.newPage()
  return {
    page,
    context,
    async leave() {
      if (!cookies) assert.deepEqual(await context.cookies(), [], 'a cookie was kept')
      await context.close()
      assert.deepEqual(faults, [])
    },
  }
}

// Does what leads to another page and answers with that page's response, once the page is whole.
export async function nextPage(page, act) {
  const loaded = page.waitForEvent('load')
  const answered = page.waitForResponse((response) => response.request().isNavigationRequest() && response.status() !== 303)
  const [, response] = await Promise.all([loaded, answered, act()])
  return response
}

let shots = 0
// Into the folder named by SUCHARIT_SCREENSHOTS; without it nothing is written.
export async function screenshot(page, name) {
  const folder = process.env.SUCHARIT_SCREENSHOTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  shots += 1
  await page.screenshot({ path: join(folder, `${name}.${String(shots).padStart(2, '0')}.png`), fullPage: true })
}
