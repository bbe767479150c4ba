// What a citizen sends, as an officer sees it: pictures and sound in the page, the rest given away, nothing run.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { nextPage, screenshot } from '../lib/browser.mjs'
import { assertAccessible, assertNoSidewaysScrolling } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'

const sample = (name, mimeType) => ({ name, mimeType, buffer: readFileSync(new URL(`../../data/files/${name}`, import.meta.url)) })
const picture = sample('picture.png', 'image/png')
const sound = sample('sound.wav', 'audio/wav')
const letter = sample('letter.odt', 'application/vnd.oasis.opendocument.text')
const page = { name: 'ใบเสร็จ.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<!DOCTYPE html><html><script>document.title = "ran"</script></html>') }

journey('an_officer_sees_what_a_citizen_sent_and_nothing_in_it_runs', ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { page: sending, reporter, leave } = await citizen(told)
  await given('files of many kinds, sent as they are', async () => {
    await reporter.file()
    await sending.check('#keep')
    await sending.setInputFiles('#files', [picture, sound, letter, page])
    if (told.settings.scripts) {
      await sending.click('#send-files button[type=submit]')
      for (let at = 0; at < 4; at++) await sending.locator('#uploads li').nth(at).locator('button').waitFor({ state: 'detached', timeout: 60_000 })
    } else {
      await nextPage(sending, () => sending.click('#send-files button[type=submit]'))
    }
  })
  const legal = await officer(told, 'legal')
  const caseAt = await legal.at.onlyCase()
  const link = (name) => legal.page.locator('.app-files a.govuk-link', { hasText: name })
  const look = async (name) => {
    await legal.page.goto(new URL(caseAt, legal.page.url()).href)
    await nextPage(legal.page, () => link(name).click())
    return new URL(legal.page.url()).pathname
  }
  await then('the case lists all four', async () => {
    assert.equal(await legal.page.locator('.app-files a').count(), 4)
    assert.equal(await legal.page.locator('.app-files__disguise').count(), 1, 'a page that calls itself a picture')
    await assertNoSidewaysScrolling(legal.page, 'the list of files')
    if (told.settings.scripts) await assertAccessible(legal.page, 'the list of files')
    await screenshot(legal.page, told.name)
  })
  await then('the picture is seen and the sound can be played', async () => {
    await look(picture.name)
    assert.ok(await legal.page.locator('img.app-file-shown').evaluate((image) => image.complete && image.naturalWidth > 0))
    await screenshot(legal.page, told.name)
    const [alone] = await Promise.all([legal.page.context().waitForEvent('page'), legal.page.click('#alone')])
    await alone.waitForLoadState()
    assert.ok(new URL(alone.url()).pathname.endsWith('/view'))
    assert.ok(await alone.locator('img').evaluate((image) => image.complete && image.naturalWidth > 0))
    await screenshot(alone, told.name)
    await alone.close()
    await look(sound.name)
    assert.equal(await legal.page.locator('audio[controls]').count(), 1)
    if (!told.settings.scripts) return screenshot(legal.page, told.name) // a listener never hears there
    const seconds = await legal.page.locator('audio').evaluate((audio) => new Promise((resolve, reject) => {
      audio.addEventListener('loadedmetadata', () => resolve(audio.duration))
      audio.addEventListener('error', () => reject(new Error('the sound cannot be read')))
      audio.load()
      audio.preload = 'auto'
    }))
    assert.ok(seconds > 0)
    await screenshot(legal.page, told.name)
  })
  await when('a page that calls itself a picture is opened', async () => {
    const at = await look(page.name)
    assert.equal(await legal.page.locator('#warning').count(), 1)
    assert.equal(await legal.page.locator('img').count(), 0)
    await screenshot(legal.page, told.name)
    assert.equal((await legal.page.request.get(new URL(`${at}/view`, legal.page.url()).href)).status(), 404)
    const given = await legal.page.request.get(new URL(`${at}/download`, legal.page.url()).href)
    assert.equal(given.headers()['content-type'], 'application/octet-stream')
    assert.ok(given.headers()['content-security-policy'].startsWith('sandbox'))
    assert.ok(given.headers()['content-disposition'].startsWith('attachment'))
    assert.ok(given.headers()['content-disposition'].endsWith('.unsafe'), given.headers()['content-disposition'])
  })
  await then('a document is downloaded as it was sent, in whole or in part', async () => {
    const at = await look(letter.name)
    const [download] = await Promise.all([legal.page.waitForEvent('download'), legal.page.click('a[download]')])
    assert.equal(download.suggestedFilename(), letter.name)
    assert.deepEqual(readFileSync(await download.path()), letter.buffer)
    const part = await legal.page.request.get(new URL(`${at}/download`, legal.page.url()).href, { headers: { Range: 'bytes=10-19' } })
    assert.equal(part.status(), 206)
    assert.deepEqual(await part.body(), letter.buffer.subarray(10, 20))
  })
  await legal.leave()
  await leave()
})

journey('a_case_with_many_files_stays_short', ['th_320_without_scripts', 'en_1280_without_scripts'], async (told) => {
  const { page: sending, reporter, leave } = await citizen(told)
  await given('twenty files on one day', async () => {
    await reporter.file()
    const all = Array.from({ length: 20 }, (_, at) => ({ name: `บันทึก ${at + 10}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`text ${at}`) }))
    await sending.setInputFiles('#files', all)
    await nextPage(sending, () => sending.click('#send-files button[type=submit]'))
    assert.equal(await sending.locator('#file-results li').count(), 20)
    assert.equal(await sending.locator('#keep-code').count(), 1)
    await screenshot(sending, told.name)
  })
  const legal = await officer(told, 'legal')
  await legal.page.goto(new URL(await legal.at.onlyCase(), legal.page.url()).href)
  await then('five are seen, and the first action is near', async () => {
    assert.equal(await legal.page.locator('.app-files a:visible').count(), 5)
    assert.equal((await legal.page.locator('#history .message').count()), 2, 'filed, and one entry for all files')
    const at = await legal.page.locator('.app-actions').evaluate((box) => box.getBoundingClientRect().top + window.scrollY)
    assert.ok(at < 6000, `the actions stand at ${at}`)
    await assertNoSidewaysScrolling(legal.page, 'a case with many files')
    await screenshot(legal.page, told.name)
  })
  await then('the others are there without a script, in their order', async () => {
    await legal.page.click('#more-files summary')
    const names = await legal.page.locator('.app-files a:visible').allInnerTexts()
    assert.equal(names.length, 20)
    assert.deepEqual(names, [...names].sort())
    await screenshot(legal.page, told.name)
  })
  await legal.leave()
  await leave()
})
