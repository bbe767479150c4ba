// Who reads a case when people go: a case that lost its readers is granted to another, and a leaver hands everything over.
import assert from 'node:assert/strict'
import { screenshot } from '../lib/browser.mjs'
import { look } from '../lib/layout.mjs'
import { citizen, closeTheOnlyCase, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'
import { complaint } from '../pages/reporter.mjs'

const VARIANTS = ['th_320_without_scripts', 'th_320_with_scripts', 'en_1280_with_scripts']
const OUTSIDE = 'นางวิไล ศรีอำเภอ'

async function file(told, facts, excluded = []) {
  const { reporter, leave } = await citizen(told)
  await reporter.file({ ...complaint, facts }, { excluded })
  await leave()
}

async function disable(told, logins) {
  const admin = await officer(told, 'admin')
  for (const login of logins) {
    await admin.at.open('/officers')
    await admin.at.press(`#officers tr:has-text("(${login})") a`)
    await admin.page.check('#understood_disable')
    assert.equal((await admin.at.press('#form-disable button')).status(), 200, login)
  }
  await admin.leave()
}

journey('a_case_that_lost_its_readers_is_granted_to_another', VARIANTS, async (told) => {
  await given('a closed case', async () => {
    await file(told, complaint.facts)
    await closeTheOnlyCase(told)
  })
  await when('all of its readers but one are disabled', () => disable(told, ['legal', 'head', 'clerk']))
  const executive = await officer(told, 'executive')
  await then('the one who is left is told, and that the others lose it only after that', async () => {
    await executive.at.press('main a[href^="/access"]')
    await look(told, executive.page, 'a case that needs a reader')
    const card = await executive.page.locator('main article').innerText()
    for (const name of ['นางสาวพิมพ์ใจ รักธรรม', 'นายประเสริฐ งานดี', 'นางอรุณี ตั้งตรง']) assert.ok(card.includes(name), `no ${name}`)
  })
  await when('it is granted to the officer from outside', async () => {
    assert.equal((await executive.at.press('main article form button')).status(), 200)
    await look(told, executive.page, 'no case needs a reader')
    assert.equal(await executive.page.locator('main article').count(), 0)
  })
  await then('that officer reads it', async () => {
    const outside = await officer(told, 'outside')
    await outside.at.onlyCase()
    assert.ok((await outside.page.locator('main').innerText()).includes(complaint.where))
    await outside.leave()
  })
  await executive.leave()
})

journey('a_leaver_hands_everything_over_and_prints_the_list', VARIANTS, async (told) => {
  const kept = `${complaint.facts} ที่ผู้รับมอบต้องไม่อ่าน`
  await given('a closed case, an open one, and one that the successor must not read', async () => {
    await file(told, complaint.facts)
    await closeTheOnlyCase(told)
    await file(told, `${complaint.facts} เรื่องใหม่`)
    await file(told, kept, [OUTSIDE])
  })
  const legal = await officer(told, 'legal')
  await when('the leaver chooses nobody', async () => {
    await legal.at.open('/access')
    assert.equal((await legal.at.press('form[action^="/access/handover"] button')).status(), 400)
    await look(told, legal.page, 'the handover without a successor')
  })
  await when('the leaver chooses the officer from outside', async () => {
    await legal.page.getByLabel(OUTSIDE).check()
    assert.equal((await legal.at.press('form[action^="/access/handover"] button')).status(), 200)
    await look(told, legal.page, 'the list')
  })
  await then('the list names every case, and apart the one that is left behind', async () => {
    assert.equal(await legal.page.locator('main tbody tr').count(), 3)
    assert.equal(await legal.page.locator('#left-behind li').count(), 1)
    await legal.page.emulateMedia({ media: 'print' })
    await screenshot(legal.page, told.name)
    await legal.page.emulateMedia({ media: 'screen' })
  })
  await then('the successor reads what was handed over and nothing else', async () => {
    const outside = await officer(told, 'outside')
    const rows = await outside.at.queue()
    assert.equal(rows.length, 2)
    for (const { path } of rows) {
      await outside.at.open(path)
      assert.ok(!(await outside.page.locator('main').innerText()).includes(kept))
    }
    await outside.leave()
  })
  await then('the auditor sees that it was handed over, and not what', async () => {
    const auditor = await officer(told, 'auditor')
    await auditor.at.open('/audit')
    await auditor.page.selectOption('#event', 'cases_handed_over')
    assert.equal((await auditor.at.press('#audit button[value=newest]')).status(), 200)
    assert.equal(await auditor.page.locator('#log tbody tr').count(), 1)
    await look(told, auditor.page, 'the handover in the log')
    await auditor.leave()
  })
  await legal.leave()
})
