// The auditor reads the log: who did what and when, by pseudonyms of cases and without a word of any.
import assert from 'node:assert/strict'
import { look } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'
import { complaint } from '../pages/reporter.mjs'

const LEGAL = 'นางสาวพิมพ์ใจ รักธรรม'

journey('the_auditor_narrows_the_log_and_reads_nothing_of_a_case', ['th_320_without_scripts', 'th_320_with_scripts', 'en_1280_with_scripts'],
  async (told) => {
    await given('a case that the legal officer registered', async () => {
      const { reporter, leave } = await citizen(told)
      await reporter.file()
      await leave()
      const legal = await officer(told, 'legal')
      await legal.at.onlyCase()
      await legal.at.register()
      await legal.leave()
    })
    const auditor = await officer(told, 'auditor')
    const rows = () => auditor.page.locator('#log tbody tr')
    const search = () => auditor.at.press('#audit button[value=newest]')
    await when('the auditor opens the log', async () => {
      await auditor.at.press('nav a[href^="/audit"]')
      await look(told, auditor.page, 'the log')
    })
    await then('nothing of the case stands in it', async () => {
      const words = await auditor.page.locator('body').innerText()
      for (const value of [complaint.subject_name, complaint.where, complaint.wish]) assert.ok(!words.includes(value), value)
    })
    let pseudonym
    await when('it is narrowed to what the legal officer did with the case', async () => {
      await auditor.page.selectOption('#officer', { label: LEGAL })
      await auditor.page.selectOption('#event', 'case_moved')
      assert.equal((await search()).status(), 200)
      assert.equal(await rows().count(), 1)
      assert.ok((await rows().innerText()).includes(LEGAL))
      await rows().locator('summary').click()
      pseudonym = (await rows().locator('details span').innerText()).trim()
      assert.match(pseudonym, /^[0-9a-f]{64}$/)
      await look(told, auditor.page, 'the move of a case')
    })
    await then('its pseudonym finds every act on it, by whomever', async () => {
      await auditor.page.selectOption('#officer', '')
      await auditor.page.selectOption('#event', '')
      await auditor.page.fill('#pseudonym', pseudonym.slice(0, 8))
      assert.equal((await search()).status(), 200)
      assert.ok(await rows().count() > 1)
      await look(told, auditor.page, 'the acts on one case')
    })
    await then('a day that is none is named beside its field, and kept', async () => {
      await auditor.page.fill('#from', '31/2/2569')
      assert.equal((await search()).status(), 400)
      assert.equal(await auditor.page.locator('#from-error').count(), 1)
      assert.equal(await auditor.page.inputValue('#from'), '31/2/2569')
      await look(told, auditor.page, 'the log with a fault')
    })
    await auditor.leave()
  })
