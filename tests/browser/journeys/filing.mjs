// A citizen files: the form, its mistakes, the check step, the receipt.
import assert from 'node:assert/strict'
import { screenshot, EXIT } from '../lib/browser.mjs'
import { citizen } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'
import { complaint, identity } from '../pages/reporter.mjs'

const PHONE_AND_DESK = ['th_320_without_scripts', 'en_1280_with_scripts']
const DESK_AND_PHONE = ['en_1280_without_scripts', 'th_320_with_scripts']

journey('a_citizen_files_and_gets_a_receipt', PHONE_AND_DESK, async (told) => {
  const { page, reporter, leave } = await citizen(told)
  await given('a citizen who reads the channel page', async () => {
    await reporter.open('/')
    assert.equal(await page.locator('html').getAttribute('lang'), told.settings.language)
    await screenshot(page, told.name)
  })
  await when('the first question is answered and the whole form filled, with a name', async () => {
    await reporter.startReport()
    assert.equal(await page.locator('#anonymous-yes').isChecked(), true, 'anonymous is the default')
    assert.notEqual(await page.inputValue('#subject_unit'), '', 'the unit is this agency at first')
    await reporter.fill(complaint)
    await reporter.giveName(identity)
    await reporter.exclude('นางสาวพิมพ์ใจ รักธรรม')
    await reporter.acknowledge()
    await screenshot(page, told.name)
    await reporter.check()
  })
  await then('the check step shows every answer as typed', async () => {
    const shown = await page.locator('main').innerText()
    for (const value of [...Object.values(complaint).slice(1), ...Object.values(identity)])
      for (const line of value.split('\n')) assert.ok(shown.includes(line), `the check step lacks: ${line}`)
    assert.ok(shown.includes('นางสาวพิมพ์ใจ รักธรรม'))
    await screenshot(page, told.name)
  })
  await when('it is sent', () => reporter.send())
  await then('the receipt stands there and the address says nothing', async () => {
    await reporter.receipt()
    assert.equal(new URL(page.url()).pathname, '/report')
    assert.ok(!(await page.content()).includes(complaint.subject_name), 'what was typed stands on the receipt page')
    await screenshot(page, told.name)
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('#receipt').isVisible(), true)
    assert.equal(await page.locator('footer').isVisible(), false, 'print keeps more than the receipt')
  })
  await leave()
})

journey('mistakes_are_named_beside_their_fields_and_everything_is_kept', PHONE_AND_DESK, async (told) => {
  const { page, reporter, leave } = await citizen(told)
  const wrong = { ...complaint, facts: '', subject_name: 'ก'.repeat(203), subject_position: '' }
  let before
  await given('a form with four mistakes', async () => {
    await reporter.startReport()
    await reporter.fill(wrong)
    await reporter.giveName({ ...identity, email: 'no-at-sign' })
    await reporter.exclude('นายประเสริฐ งานดี')
    before = await reporter.typed()
  })
  await when('it is checked', async () => {
    const response = await reporter.check()
    assert.equal(response.status(), 400)
  })
  await then('each mistake is named beside its field, and the summary leads there', async () => {
    const faults = await reporter.faults()
    assert.deepEqual(faults.map(({ field }) => field), ['subject_name', 'facts', 'email', 'acknowledge'])
    for (const { field, describes } of faults) assert.ok(describes.trim().length > 5, `nothing stands beside ${field}`)
    assert.match(faults[0].text, /3/, 'too long says by how much')
    for (const field of ['subject_name', 'facts', 'email']) {
      assert.equal(await page.locator(`#${field}`).getAttribute('aria-invalid'), 'true')
      assert.ok((await page.locator(`#${field}`).getAttribute('aria-describedby')).includes(`${field}-error`))
    }
    assert.match(await page.title(), told.settings.language === 'en' ? /^Error/ : /ผิด|แก้|พลาด/)
    await screenshot(page, told.name)
  })
  await then('everything typed is still there', async () => assert.deepEqual(await reporter.typed(), before))
  await when('the mistakes are put right', async () => {
    await page.fill('#subject_name', complaint.subject_name)
    await page.fill('#facts', complaint.facts)
    await page.fill('#email', identity.email)
    await reporter.acknowledge()
    await reporter.check()
    await reporter.send()
  })
  await then('it is filed', () => reporter.receipt())
  await leave()
})

journey('going_back_from_the_check_step_keeps_and_changes_answers', DESK_AND_PHONE, async (told) => {
  const { page, reporter, leave } = await citizen(told)
  let before
  await given('a form at its check step', async () => {
    await reporter.startReport()
    await reporter.fill(complaint)
    await reporter.giveName(identity)
    await page.check('#conceal-no')
    await reporter.exclude('นายประเสริฐ งานดี')
    await reporter.acknowledge()
    before = await reporter.typed()
    await reporter.check()
  })
  await when('one answer is to be changed', () => reporter.change('where'))
  await then('the form has everything, and the address leads to the field', async () => {
    assert.deepEqual(await reporter.typed(), before)
    assert.equal(new URL(page.url()).hash, '#where')
  })
  await when('it is changed and checked again', async () => {
    await page.fill('#where', 'ลานจอดรถ')
    await reporter.check()
  })
  await then('the check step shows the change, and it can be sent', async () => {
    assert.ok((await page.locator('main').innerText()).includes('ลานจอดรถ'))
    await reporter.send()
    await reporter.receipt()
  })
  await leave()
})

journey('sending_twice_files_once_and_shows_the_same_receipt', DESK_AND_PHONE, async (told) => {
  const { page, reporter, leave } = await citizen(told)
  let first
  await given('a report that was sent by pressing twice in a row', async () => {
    await reporter.startReport()
    await reporter.fill(complaint)
    await reporter.acknowledge()
    await reporter.check()
    await page.dblclick(reporter.button('step', 'file'))
    await page.locator('#receipt').waitFor()
    first = await reporter.receipt()
  })
  await when('the answer is loaded again', () => page.reload())
  await then('the same receipt is shown', async () => assert.equal(await reporter.receipt(), first))
  await when('the citizen goes back and sends again', async () => {
    await page.goBack()
    await page.locator(reporter.button('step', 'file')).waitFor()
    await reporter.send()
  })
  await then('the same receipt is shown, and the officers hold one case', async () => {
    assert.equal(await reporter.receipt(), first)
    await reporter.track(first)
    assert.equal(await page.locator('#sent li').count(), 1)
  })
  await leave()
})

journey('the_language_can_change_on_each_step_and_nothing_is_lost', ['th_320_with_scripts', 'en_1280_without_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  const language = () => page.locator('html').getAttribute('lang')
  await when('it changes on the channel page and at the question', async () => {
    await reporter.open('/')
    await reporter.switchLanguage()
    assert.equal(await language(), reporter.language)
    await reporter.startReport()
    await reporter.switchLanguage()
    assert.equal(await language(), reporter.language)
  })
  await then('a filled form keeps everything', async () => {
    await reporter.fill({ ...complaint, facts: '' })
    await reporter.giveName(identity)
    await page.check('#conceal-no')
    await reporter.exclude('นายประเสริฐ งานดี')
    await reporter.acknowledge()
    const before = await reporter.typed()
    await reporter.switchLanguage()
    assert.equal(await language(), reporter.language)
    assert.deepEqual(await reporter.typed(), before)
  })
  await then('so does a form with mistakes', async () => {
    await reporter.check()
    const before = await reporter.typed()
    await reporter.switchLanguage()
    assert.equal(await language(), reporter.language)
    assert.deepEqual(await reporter.typed(), before)
    assert.equal(before.where[0], complaint.where)
  })
  await then('so does the check step, and the case page keeps a message that is being written', async () => {
    await page.fill('#facts', complaint.facts)
    await reporter.check()
    await reporter.switchLanguage()
    assert.equal(await language(), reporter.language)
    assert.ok((await page.locator('main').innerText()).includes(complaint.witnesses))
    await reporter.send()
    await reporter.track(await reporter.receipt())
    await page.fill('#message', 'ข้อความที่ยังไม่ส่ง')
    await reporter.switchLanguage()
    assert.equal(await language(), reporter.language)
    assert.equal(await page.inputValue('#message'), 'ข้อความที่ยังไม่ส่ง')
  })
  await leave()
})

journey('the_check_step_asks_when_the_name_is_that_of_somebody_who_would_read_it', ['th_320_without_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  await given('a report about the head of office, not ticked', async () => {
    await reporter.startReport()
    await reporter.fill({ ...complaint, subject_name: 'ประเสริฐ งานดี' })
    await reporter.acknowledge()
    await reporter.check()
  })
  await then('the check step asks, and a tick there excludes', async () => {
    await page.check('main input[type=checkbox][name=excluded]')
    await reporter.press(reporter.button('step', 'edit'))
    assert.equal(await page.locator('input[name=excluded]:checked').count(), 1)
  })
  await leave()
})

journey('a_report_that_nobody_could_read_is_refused_with_its_text_kept', DESK_AND_PHONE, async (told) => {
  const { page, reporter, leave } = await citizen(told)
  await given('a form in which everyone is ticked', async () => {
    await reporter.startReport()
    await reporter.fill(complaint)
    for (const box of await page.locator('input[name=excluded]').all()) await box.check()
    await reporter.acknowledge()
  })
  await then('it is refused beside the list, and everything is kept', async () => {
    const before = await reporter.typed()
    assert.equal((await reporter.check()).status(), 400)
    assert.deepEqual((await reporter.faults()).map(({ field }) => field), ['excluded'])
    assert.match(await page.locator('#excluded-error').innerText(), /1205/, 'an outside body is named')
    assert.deepEqual(await reporter.typed(), before)
    await screenshot(page, told.name)
  })
  await leave()
})

journey('an_everyday_matter_is_led_to_the_general_channel', ['th_320_without_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  await when('the question is left open', async () => {
    await reporter.open('/report')
    assert.equal((await reporter.press(reporter.button('step', 'start'))).status(), 400)
    assert.deepEqual((await reporter.faults()).map(({ id }) => id), ['about'])
  })
  await when('it is answered with no', async () => {
    await page.check('input[name=about][value=no]')
    await reporter.press(reporter.button('step', 'start'))
  })
  await then('the general channel is named, and the way back leads to the form', async () => {
    assert.match(await page.locator('main').innerText(), /1567/)
    await reporter.switchLanguage()
    assert.match(await page.locator('main').innerText(), /1567/)
    await reporter.press(reporter.button('step', 'start'))
    await page.locator('#facts').waitFor()
  })
  await leave()
})

journey('quick_exit_is_on_every_page', ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  const exit = page.locator('#exit')
  const offered = async () => {
    assert.equal(await exit.getAttribute('href'), `${EXIT}/`)
    assert.ok(await exit.isVisible())
    assert.equal(await page.locator('#exit-hint').isVisible(), told.settings.scripts, 'the hint of a key that does not work')
  }
  await then('every page has the link', async () => {
    for (const path of ['/', '/report', '/track', '/manual', '/privacy', '/keys', '/statistics', '/nowhere']) {
      await reporter.open(path)
      await offered()
    }
    await reporter.startReport()
    await offered()
    await reporter.fill(complaint)
    await reporter.acknowledge()
    await reporter.check()
    await offered()
    await reporter.send()
    await offered()
  })
  await then(told.settings.scripts ? 'Escape pressed three times leaves' : 'the link leaves', async () => {
    const gone = page.waitForURL(`${EXIT}/`)
    if (told.settings.scripts) for (let i = 0; i < 3; i += 1) await page.keyboard.press('Escape')
    else await exit.click()
    await gone
  })
  await leave()
})
