// A citizen sends files: with and without scripts, over a connection that breaks.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nextPage, screenshot } from '../lib/browser.mjs'
import { badConnection } from '../lib/cutting.mjs'
import { assertAccessible } from '../lib/layout.mjs'
import { citizen } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'

const text = { name: 'บันทึก.txt', mimeType: 'text/plain', buffer: Buffer.from('ข้อความในไฟล์ที่ไม่มีใครควรเห็น') }
const film = (size) => ({ name: 'film.bin', mimeType: 'application/octet-stream', buffer: randomBytes(size) })
const MB = 1024 * 1024

// With one time of change, whoever chooses it: by size, time and name the server finds what came of it before.
async function onDisk(file, use) {
  const folder = await mkdtemp(join(tmpdir(), 'sucharit-browser-'))
  const path = join(folder, file.name)
  await writeFile(path, file.buffer)
  try {
    await use(path)
  } finally {
    await rm(folder, { recursive: true })
  }
}

// From where the server lets a script go on, as its answers say.
function offsets(page) {
  const out = []
  page.on('response', async (response) => {
    if (!response.url().includes('/track/upload')) return
    const answer = await response.json().catch(() => ({}))
    if (answer.state === 'send') out.push(answer.offset)
  })
  return out
}

// In any language: the figures of the list of what was sent.
const counts = async (page) => (await page.locator('#sent-files li').allInnerTexts()).map((line) => line.split('·')[1].match(/\d+/g).map(Number))
// Each file loses its button when nothing more is to come of it.
async function finished(page, files) {
  for (let at = 0; at < files; at++) await page.locator('#uploads li').nth(at).locator('button').waitFor({ state: 'detached', timeout: 60_000 })
  assert.equal(await page.locator('#uploads li').count(), files)
}

async function sendAndWait(page, files) {
  await page.setInputFiles('#files', files)
  await page.click('#send-files button[type=submit]')
  await finished(page, files.length)
}

journey('files_are_sent_from_the_page_with_the_receipt', ['th_320_without_scripts', 'en_1280_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  const receipt = await given('a receipt', () => reporter.file())
  await screenshot(page, told.name)
  await when('two files are sent', async () => {
    if (told.settings.scripts) {
      await sendAndWait(page, [text, film(300_000)])
      return assertAccessible(page, 'the page with the receipt and sent files')
    }
    await page.setInputFiles('#files', [text, film(300_000)])
    await nextPage(page, () => page.click('#send-files button[type=submit]'))
    assert.equal(await page.locator('#file-results li').count(), 2)
    assert.ok((await page.locator('#file-results').innerText()).includes(text.name))
  })
  await screenshot(page, told.name)
  await then('the case shows how many there are, and nothing of them', async () => {
    await reporter.track(receipt)
    assert.deepEqual(await counts(page), [[2]])
    const html = await page.content()
    for (const part of [text.name, 'film', 'text/plain']) assert.ok(!html.includes(part), `the case page shows ${part}`)
  })
  await leave()
})

journey('a_form_without_a_file_says_so_and_a_switch_of_language_keeps_the_case', ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  await given('an open case', async () => reporter.track(await reporter.file()))
  await when('nothing is chosen', async () => {
    const answer = await nextPage(page, () => page.click('#send-files button[type=submit]'))
    assert.equal(answer.status(), 200)
    assert.equal(await page.locator('#files-error').count(), 1)
    if (told.settings.scripts) await assertAccessible(page, 'a form without a file')
    await screenshot(page, told.name)
  })
  await then('the case is still open in the other language', async () => {
    await reporter.switchLanguage()
    assert.equal(await page.locator('#state').count(), 1)
  })
  await leave()
})

journey('a_large_file_goes_on_after_the_connection_was_cut_twice', ['th_320_with_scripts'], async (told) => {
  const line = await badConnection(told.agency.reporters)
  const { page, reporter, leave } = await citizen({ ...told, agency: { ...told.agency, reporters: line.address } })
  const receipt = await given('a receipt', () => reporter.file())
  const size = 16 * MB
  const from = offsets(page)
  await when('it is cut at 30 % and again at 99 %', async () => {
    line.cutAfter(0.3 * size, 0.69 * size)
    await sendAndWait(page, [film(size)])
  })
  await then('it went on each time where it was, and is stored', async () => {
    assert.ok(from.some((offset) => offset > 0.2 * size && offset < 0.4 * size), `it went on from ${from}`)
    assert.ok(from.at(-1) > 0.8 * size, `it went on from ${from}`)
    await reporter.track(receipt)
    assert.deepEqual(await counts(page), [[1]])
  })
  await leave()
  await line.end()
})

journey('somebody_comes_back_to_a_file_that_was_cut', ['en_1280_with_scripts'], async (told) => {
  const line = await badConnection(told.agency.reporters)
  const here = { ...told, agency: { ...told.agency, reporters: line.address } }
  const size = 16 * MB
  await onDisk(film(size), async (file) => {
    const first = await citizen(here)
    const receipt = await given('a receipt', () => first.reporter.file())
    await when('the connection breaks and the page is closed', async () => {
      line.cutAfter(0.5 * size)
      const broken = first.page.waitForEvent('requestfailed')
      await first.page.setInputFiles('#files', file)
      await first.page.click('#send-files button[type=submit]')
      await broken
      await first.page.click('#uploads button')
      await first.leave()
    })
    const second = await citizen(here)
    const from = offsets(second.page)
    await then('the case says that one is incomplete', async () => {
      await second.reporter.track(receipt)
      assert.deepEqual(await counts(second.page), [[0, 1]])
      await screenshot(second.page, told.name)
    })
    await then('the same file goes on where it was', async () => {
      await sendAndWait(second.page, [file])
      await screenshot(second.page, told.name)
      assert.ok(from[0] > 0.3 * size, `it went on from ${from}`)
      await second.reporter.track(receipt)
      assert.deepEqual(await counts(second.page), [[1]])
    })
    await second.leave()
  })
  await line.end()
})

journey('a_file_is_paused_and_goes_on', ['th_320_with_scripts'], async (told) => {
  const line = await badConnection(told.agency.reporters)
  const { page, reporter, leave } = await citizen({ ...told, agency: { ...told.agency, reporters: line.address } })
  const receipt = await given('a receipt', () => reporter.file())
  await when('it is paused half-way', async () => {
    line.holdAfter(2 * MB)
    await page.setInputFiles('#files', [film(8 * MB)])
    await page.click('#send-files button[type=submit]')
    await page.locator('#uploads progress:not([value="0"])').waitFor()
    await page.click('#uploads button')
    await screenshot(page, told.name)
  })
  await then('it goes on when asked', async () => {
    line.release()
    await page.click('#uploads button')
    await finished(page, 1)
    await reporter.track(receipt)
    assert.deepEqual(await counts(page), [[1]])
  })
  await leave()
  await line.end()
})

journey('scripts_that_are_blocked_half_way_leave_the_ordinary_form', ['en_1280_with_scripts'], async (told) => {
  const { page, context, reporter, leave } = await citizen(told)
  const receipt = await given('a receipt', () => reporter.file())
  await page.clock.install()
  await given('a network that lets no script speak', () => context.route('**/track/upload*', (route) => route.abort()))
  await when('a file is sent', async () => {
    await page.setInputFiles('#files', [text])
    await page.click('#send-files button[type=submit]')
    for (let tries = 0; tries < 20 && (await page.locator('#uploads li button').count()) > 0; tries++) await page.clock.fastForward(31_000)
    assert.equal(await page.locator('#uploads li button').count(), 0)
  })
  await then('the same button sends it in the ordinary way', async () => {
    await page.setInputFiles('#files', [text])
    await nextPage(page, () => page.click('#send-files button[type=submit]'))
    assert.equal(await page.locator('#file-results li').count(), 1)
    await reporter.track(receipt)
    assert.deepEqual(await counts(page), [[1]])
  })
  await leave()
})
