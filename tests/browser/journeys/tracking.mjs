// A citizen comes back with the receipt.
import assert from 'node:assert/strict'
import { screenshot } from '../lib/browser.mjs'
import { citizen } from '../lib/people.mjs'
import { given, journey, then, when } from '../lib/story.mjs'
import { complaint } from '../pages/reporter.mjs'

const thaiDigits = (text) => text.replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)))

journey('a_receipt_opens_the_case_however_it_is_written', ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  const receipt = await given('a receipt', () => reporter.file())
  const groups = receipt.split(' ')
  const ways = { 'as shown': receipt, 'in one run': groups.join(''), 'with hyphens': groups.join('-'),
    'in Thai digits': thaiDigits(receipt), 'mixed, with blanks around': `  ${thaiDigits(groups.slice(0, 3).join(' - '))}  ${groups.slice(3).join('')} ` }
  for (const [way, typed] of Object.entries(ways))
    await then(`it opens ${way}`, async () => {
      assert.equal((await reporter.track(typed)).status(), 200)
      assert.notEqual((await reporter.state()).trim(), '')
    })
  await then('nothing that was sent is shown', async () => {
    const html = await page.content()
    for (const value of [complaint.subject_name, complaint.facts.split('\n')[0], complaint.where, complaint.wish])
      assert.ok(!html.includes(value), `the case page shows: ${value}`)
    await screenshot(page, told.name)
  })
  await leave()
})

journey('a_wrong_receipt_is_told_what_is_wrong_and_stays_typed', ['th_320_with_scripts', 'en_1280_without_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  const receipt = await given('a receipt', () => reporter.file())
  const swapped = receipt.replace(/^\d/, (digit) => String((Number(digit) + 1) % 10))
  const texts = []
  for (const [what, typed] of [['too short', '1234 5678'], ['one digit wrong', swapped], ['no digits', 'abc'], ['empty', '']])
    await then(`${what}: it is named beside the field and kept`, async () => {
      assert.equal((await reporter.track(typed)).status(), 200)
      assert.deepEqual((await reporter.faults()).map(({ field }) => field), ['receipt'])
      assert.equal(await page.inputValue('#receipt'), typed)
      texts.push(await page.locator('#receipt-error').innerText())
    })
  assert.notEqual(texts[0], texts[1], 'a mistyped digit is not told from a missing one')
  await leave()
})

journey('a_citizen_writes_more_once', ['th_320_without_scripts', 'en_1280_with_scripts'], async (told) => {
  const { page, reporter, leave } = await citizen(told)
  await given('an open case', async () => reporter.track(await reporter.file()))
  await when('an empty message is sent', async () => {
    assert.equal((await reporter.write('   ')).status(), 200)
    assert.deepEqual((await reporter.faults()).map(({ field }) => field), ['message'])
  })
  await when('one that is too long is sent', async () => {
    const long = 'ก'.repeat(5001)
    assert.equal((await reporter.write(long)).status(), 200)
    assert.equal(await page.inputValue('#message'), long)
  })
  await when('a message is sent and the answer loaded again', async () => {
    assert.equal((await reporter.write('ข้อเท็จจริงเพิ่มเติม')).status(), 200)
    assert.equal(await page.inputValue('#message'), '', 'the box still holds what was sent')
    await page.reload()
  })
  await then('it stands there once', async () => {
    assert.equal(await page.locator('#sent li').count(), 2)
    assert.ok(!(await page.content()).includes('ข้อเท็จจริงเพิ่มเติม'))
  })
  await leave()
})
