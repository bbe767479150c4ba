// Measures of a page: width, weight, and what axe-core finds.
import assert from 'node:assert/strict'
import { axeSource, screenshot } from './browser.mjs'

export async function assertNoSidewaysScrolling(page, where) {
  const { needs, has } = await page.evaluate(() => ({
    needs: document.documentElement.scrollWidth, has: document.documentElement.clientWidth }))
  assert.ok(needs <= has, `${where} is ${needs} px wide in a window of ${has} px`)
}

// Every text of the page is at least 18 px high, and running text stands on lines of 1.6.
export async function assertReadable(page, where) {
  const faults = await page.evaluate(() => {
    const found = []
    for (const element of document.querySelectorAll('main *')) {
      const ownText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '')
      if (!ownText || element.closest('.govuk-visually-hidden')) continue
      const style = getComputedStyle(element)
      const size = parseFloat(style.fontSize)
      const lines = parseFloat(style.lineHeight) / size
      const running = element.matches('p:not([class]), li:not([class])')
      if (size < 18 || (running && lines < 1.59)) found.push(`${size} px, lines of ${lines}: ${element.outerHTML.slice(0, 100)}`)
    }
    return found
  })
  assert.deepEqual(faults, [], `text of ${where}`)
}

// What every page of a journey owes. axe and the sizes of text are asked by scripts of the page, which never answer where
// scripts are off: the pages are the same there.
export async function look({ settings, name }, page, where) {
  await assertNoSidewaysScrolling(page, where)
  await screenshot(page, name)
  if (!settings.scripts) return
  await assertReadable(page, where)
  await assertAccessible(page, where)
}

// Only with scripts on, see look().
export async function assertAccessible(page, where) {
  await page.evaluate(axeSource())
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  const lines = violations.flatMap(({ id, impact, nodes }) => nodes.map((node) => `${impact} ${id}: ${node.html.slice(0, 200)}`))
  assert.deepEqual(lines, [], `axe on ${where}`)
}

// Bytes over the wire, headers and all, of everything that an empty cache fetches.
export async function weigh(context, page, open) {
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength })
  await open()
  await page.waitForLoadState('networkidle')
  await session.detach()
  return bytes
}
