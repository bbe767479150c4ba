// A flood of nonsense: one officer proposes, another confirms, the real complaint between them is not lost, and an honest
// reporter comes back.
import assert from 'node:assert/strict'
import { look } from '../lib/layout.mjs'
import { citizen, officer } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'
import { complaint } from '../pages/reporter.mjs'

const SPAM = ['asdf asdf asdf', 'ขายของออนไลน์ ราคาถูก โทรเลย', 'ทดสอบ ทดสอบ 123']

journey('a_flood_is_set_aside_by_two_officers_and_nothing_real_is_lost', ['th_320_without_scripts', 'th_320_with_scripts', 'en_1280_with_scripts'], async (told) => {
  const { reporter, leave } = await citizen(told)
  const receipts = new Map()
  await given('three filings without sense and a real one', async () => {
    for (const facts of [SPAM[0], complaint.facts, SPAM[1], SPAM[2]])
      receipts.set(facts, await reporter.file({ ...complaint, facts }))
  })
  const legal = await officer(told, 'legal')
  await when('the legal officer reads them, ticks the nonsense and forgets the reason', async () => {
    await legal.at.open('/queue')
    await look(told, legal.page, 'the queue with new filings')
    await legal.at.open('/triage/new')
    await look(told, legal.page, 'the page that sorts')
    for (const facts of SPAM) await legal.at.tick(facts)
    assert.equal((await legal.at.press('#triage button[type=submit].govuk-button')).status(), 400)
    await look(told, legal.page, 'the page that sorts, with a fault')
    assert.equal(await legal.page.locator('#triage input[type=checkbox]:checked').count(), 3, 'the ticks stay')
  })
  await when('gives the reason', async () => {
    await legal.page.check('#triage input[name=void_reason][value=advertising]')
    assert.equal((await legal.at.press('#triage button[type=submit].govuk-button')).status(), 200)
    await look(told, legal.page, 'the page that sorts, afterwards')
  })
  await then('the real one alone is left, and the proposals wait apart for somebody else', async () => {
    assert.equal(await legal.page.locator('#triage .app-filing').count(), 1)
    assert.equal((await legal.at.queue()).length, 1)
    assert.equal(await legal.page.locator('#waiting tbody tr').count(), 3)
    await look(told, legal.page, 'the queue with proposals')
    await legal.at.open('/triage/proposed')
    assert.equal(await legal.page.locator('input[value^="confirm_void"]').count(), 0, 'who proposed may confirm')
    await legal.leave()
  })
  const head = await officer(told, 'head')
  await when('the head of office reads them, confirms two and keeps one', async () => {
    await head.at.open('/triage/proposed')
    const words = await head.page.locator('#triage').innerText()
    for (const facts of SPAM) assert.ok(words.includes(facts), `the text is not shown: ${facts}`)
    await look(told, head.page, 'the page that confirms')
    await head.at.decide(SPAM[0], 'confirm_void')
    await head.at.decide(SPAM[1], 'confirm_void')
    await head.at.decide(SPAM[2], 'keep')
    assert.equal((await head.at.press('#triage button[type=submit].govuk-button')).status(), 200)
    await look(told, head.page, 'the page that confirms, afterwards')
  })
  await then('two stand outside the totals, under both names', async () => {
    await head.at.open('/queue')
    assert.deepEqual(await head.at.totals(), { total: 2, inProgress: 2, finished: 0 })
    assert.equal(await head.page.locator('#outside').innerText(), '2')
    assert.equal(await head.page.locator('#voided-by tbody tr').count(), 1)
    await look(told, head.page, 'the queue with a footnote')
  })
  await then('an honest reporter reads that it was a mistake to tell of, and writes more', async () => {
    await reporter.track(receipts.get(SPAM[0]))
    assert.match((await reporter.messages()).join(), /1205/)
    await reporter.write('ขออภัย ส่งผิด เรื่องจริงคือมีการเรียกเงิน')
  })
  await then('the head of office sees it again and takes the case up', async () => {
    assert.equal((await head.at.queue()).length, 3, 'the voided case with news is back in sight')
    await head.at.open('/triage/void')
    await look(told, head.page, 'what was set aside')
    await head.at.tick('เรื่องจริงคือมีการเรียกเงิน')
    assert.equal((await head.at.press('#triage button[type=submit].govuk-button')).status(), 200)
    await head.at.open('/queue')
    assert.deepEqual(await head.at.totals(), { total: 3, inProgress: 3, finished: 0 })
  })
  await head.leave()
  await leave()
})

journey('the_manual_tells_what_is_not_counted', ['th_320_with_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  await then('in one table of its own, each step once', async () => {
    await reporter.open('/manual')
    const steps = await page.locator('tbody th[scope=row]').allInnerTexts()
    assert.equal(steps.filter((step) => step.includes('เสนอไม่นับรวม')).length, 1)
    await look(told, page, 'the manual')
  })
  await leave()
})
