// Measures of a page: width, weight, and what axe-core finds.
import assert from 'node:assert/strict'
import { axeSource } from './browser.mjs'

export async function assertNoSidewaysScrolling(page, where) {
  const { needs, has } = await page.evaluate(() => ({
    needs: document.documentElement.scrollWidth, has: document.documentElement.clientWidth }))
  assert.ok(needs <= has, `${where} is ${needs} px wide in a window of ${has} px`)
}

// Text of at least 18 px and touch targets that a thumb can hit are the look's promise for reporters.
export async function assertReadable(page, where) {
  const { size, height } = await page.evaluate(() => {
    const style = getComputedStyle(document.querySelector('main p, main label'))
    return { size: parseFloat(style.fontSize), height: parseFloat(style.lineHeight) }
  })
  assert.ok(size >= 18, `${where}: text of ${size} px`)
  assert.ok(height / size >= 1.59, `${where}: line height ${height / size}`)
}

// axe needs scripts in the page: journeys with axe run with them on; the pages are the same.
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
