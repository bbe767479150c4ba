// The papers of a case: which there are, one made with a mistake first, and the copies that were made.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { nextPage, screenshot } from '../lib/browser.mjs'
import { assertAccessible, assertNoSidewaysScrolling } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'

async function looked(person, told) {
  if (told.settings.scripts) await assertAccessible(person.page, told.name)
  await assertNoSidewaysScrolling(person.page, told.name)
  await screenshot(person.page, told.name)
}

journey('an_officer_prints_the_memorandum_and_the_copy_is_numbered', ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { reporter, leave } = await citizen(told)
  await given('a report', () => reporter.file())
  const legal = await officer(told, 'legal')
  const page = legal.page
  await given('which the legal officer puts before the superiors', async () => {
    await legal.at.onlyCase()
    await legal.at.register()
    await legal.at.screen()
    assert.equal((await legal.at.propose()).status(), 200)
  })
  await when('the papers are opened from the case', async () => {
    await nextPage(page, () => page.click('dd a[href*="/print"]'))
    assert.equal(await page.locator('#papers a').count(), 4)
    assert.equal(await page.locator('#copies li').count(), 0)
    await looked(legal, told)
  })
  await then('a date that no calendar has comes back with what was typed', async () => {
    await nextPage(page, () => page.click('#papers a[href*="/print/proposal"]'))
    await looked(legal, told)
    await page.fill('#addressee', 'นายกเทศมนตรี')
    await page.fill('#letter_date', '31/2/2570')
    await nextPage(page, () => page.click('#form-print button.govuk-button'))
    assert.equal(await page.locator('#letter_date-error').count(), 1)
    assert.equal(await page.inputValue('#addressee'), 'นายกเทศมนตรี')
    await looked(legal, told)
  })
  await then('the paper comes as a file, in both forms', async () => {
    await page.fill('#letter_date', '5/1/2570')
    for (const [form, beginning] of [['format', '%PDF-'], ['format-odt', 'PK']]) {
      await page.check(`#${form}`)
      const [paper] = await Promise.all([page.waitForEvent('download'), page.click('#form-print button.govuk-button')])
      assert.match(paper.suggestedFilename(), /^proposal-[0-9a-f]{8}\.(pdf|odt)$/)
      assert.equal(readFileSync(await paper.path()).subarray(0, beginning.length).toString(), beginning)
    }
  })
  await then('both copies stand in the list', async () => {
    await nextPage(page, () => page.click('a[href$="/print"], a[href*="/print?"]'))
    assert.equal(await page.locator('#copies li').count(), 2)
    await looked(legal, told)
  })
  await legal.leave()
  await leave()
})
