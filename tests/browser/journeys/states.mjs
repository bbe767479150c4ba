// The later states of a case: fact-finding, decision, action and its end; a question and its answer.
import assert from 'node:assert/strict'
import { screenshot } from '../lib/browser.mjs'
import { assertAccessible, assertNoSidewaysScrolling } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'

const HEAD = 'นายประเสริฐ งานดี'

// As officers write a day: Bangkok is UTC+7 without summer time.
function dayFromNow(days) {
  const day = new Date(Date.now() + 7 * 3600 * 1000 + days * 86400 * 1000)
  return `${day.getUTCDate()}/${day.getUTCMonth() + 1}/${day.getUTCFullYear() + 543}`
}

async function looked(person, told) {
  if (told.settings.scripts) await assertAccessible(person.page, told.name)
  await assertNoSidewaysScrolling(person.page, told.name)
  await screenshot(person.page, told.name)
}

async function as(told, login, act) {
  const person = await officer(told, login)
  await person.at.onlyCase()
  await looked(person, told)
  await act(person.at, person)
  await person.leave()
}

journey('a_case_goes_through_fact_finding_to_discipline', ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  const receipt = await given('a report', () => reporter.file())
  await when('the legal officer asks, the citizen answers, and the case goes before the superiors', () => as(told, 'legal', async (at, person) => {
    await at.register()
    await at.screen()
    assert.equal((await at.carryOut('ask', { missing: 'วันที่เกิดเหตุ', reply_by: dayFromNow(15) })).status(), 200)
    await looked(person, told)
    await reporter.track(receipt)
    assert.match((await reporter.messages())[0], /วันที่เกิดเหตุ/)
    await screenshot(page, told.name)
    await reporter.write('กลางเดือนมกราคม')
    await at.onlyCase()
    assert.equal((await at.propose()).status(), 200)
    await looked(person, told)
  }))
  await when('the clerk orders fact-finding, the choice forgotten first', () => as(told, 'clerk', async (at, person) => {
    const order = { order_number: '45/2569', order_date: dayFromNow(0), due_date: dayFromNow(30) }
    assert.equal((await at.carryOut('order_facts', order)).status(), 400)
    await looked(person, told)
    await at.nameFinder('order_facts', HEAD)
    assert.equal((await at.submit('order_facts')).status(), 200)
    await at.unfold('reassign')
    await looked(person, told)
  }))
  await when('the head, whom it names, reports', () => as(told, 'head', async (at) => {
    const report = { findings: 'พบการเรียกรับเงิน', evidence: 'ใบเสร็จ\nพยานบุคคล', opinion_1: 'merit', opinion_2: 'no_merit' }
    assert.equal((await at.carryOut('report', report)).status(), 200)
    assert.ok(!(await at.offers()).includes('merit'), 'who reports decides')
  }))
  await when('the executive decides', () => as(told, 'executive', async (at) => {
    const decision = { outcome_1: 'merit_discipline', outcome_2: 'no_merit', grounds_1: 'มีพยานหลักฐาน', grounds_2: 'ไม่พบ' }
    assert.equal((await at.carryOut('merit', decision)).status(), 200)
  }))
  await when('the legal officer proposes the end', () => as(told, 'legal', async (at) => {
    assert.equal((await at.carryOut('finish', { order_numbers: '50/2569', result: 'ตัดเงินเดือน' })).status(), 200)
    await reporter.track(receipt)
    assert.equal((await reporter.messages()).length, 1, 'the citizen is told before the end is confirmed')
  }))
  await then('the clerk confirms it, and the citizen is told', () => as(told, 'clerk', async (at, person) => {
    assert.equal((await at.carryOut('confirm_ending', { agreed: true })).status(), 200)
    await looked(person, told)
    await reporter.track(receipt)
    assert.equal((await reporter.messages()).length, 2)
    await screenshot(page, told.name)
  }))
  await leave()
})
